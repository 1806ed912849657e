//! What stands on the printed page that says what came of the scope question?
//!
//! One page in both languages: the answers, the rules that hold, those that speak against and why they
//! do not hold, the rest in few words, what is open, and who says so. Deliberately absent: layout, and
//! whom it is handed to.

use jiff::civil::Date;

use super::{
    Condition, Finding, Reason, RuledOut, is_free, register,
    say::{SaidRule, fill, list, unknown_since},
    scope, together,
};
use crate::{
    content::{Block, Content, Row, Statement, WORDS},
    dossier::{Dossier, Party, Role},
    field,
    id::{BadId, ItemId, StatementId},
    pack::{Pack, Verdict},
    statement::{Setting, party_name, printed_name, sender},
    text::Bilingual,
};

/// The answers that are printed, without the grade: nothing is concluded from it.
const ANSWERS: [&str; 7] =
    ["name", "family", "material", "build", "measured", "report", "others-absent"];

/// The page for one recipient, or for the firm's own files.
///
/// # Errors
///
/// [`BadId`] never: the name of the statement is a well-formed id.
pub fn paper(
    dossier: &Dossier,
    pack: &Pack,
    day: Date,
    recipient: Option<&Party>,
) -> Result<Content, BadId> {
    let own = pack.say("scope.paper.own-files");
    let recipient = recipient.map_or(own, printed_name);
    let sender = sender(dossier);
    let setting =
        Setting { dossier, pack, day, recipient: &recipient, sender: &sender, exhibits: &[] };
    let findings = scope(dossier, pack, day);
    let verdict = together(findings.iter().map(|(_, finding)| &finding.verdict));
    let title = pack.say("scope.paper.title");
    let mut cited = Vec::new();
    let mut blocks =
        vec![Block::Notice { text: pack.say(&format!("scope.verdict.{}", verdict.word())) }];
    for (id, finding) in &findings {
        blocks.extend(item(&setting, id, finding, findings.len() > 1, &mut cited));
    }
    blocks.push(Block::Text { text: pack.say(&format!("scope.advice.{}", verdict.word())) });
    blocks.extend(statuses(pack, day));
    blocks.extend(sources(pack, &cited));
    let issuer =
        if sender.is_empty() { party_name(dossier, Role::EndUser) } else { sender.clone() };
    let statement =
        Statement { id: StatementId::new("scope-note")?, title: title.clone(), issuer, blocks };
    let words = WORDS.iter().map(|word| ((*word).to_owned(), pack.say(&format!("package.{word}"))));
    let purpose = fill(
        &pack.say("scope.paper.purpose"),
        &[
            ("pack", Bilingual::same(format!("{} {}", pack.id, pack.version))),
            ("day", Bilingual::same(pack.verified_on.to_string())),
        ],
    );
    Ok(Content {
        title,
        subject: Bilingual::same(dossier.order.number.clone()),
        recipient,
        sender,
        day,
        facts: Vec::new(),
        purpose,
        statements: vec![statement],
        exhibits: Vec::new(),
        withheld: Vec::new(),
        words: words.collect(),
    })
}

/// Sources in the order in which they are cited: each is printed once.
type Cited<'a> = Vec<&'a str>;

fn item<'a>(
    setting: &Setting<'_>,
    id: &ItemId,
    finding: &Finding<'a>,
    several: bool,
    cited: &mut Cited<'a>,
) -> Vec<Block> {
    let pack = setting.pack;
    let said = super::say(pack, finding);
    let heading = |key: &str| Block::Heading { text: pack.say(key) };
    let mut blocks = vec![heading("scope.paper.answers"), answers(setting, id)];
    if several {
        blocks.push(Block::Notice { text: said.verdict.clone() });
    }
    let (against, beside): (Vec<_>, Vec<_>) = said
        .ruled_out
        .iter()
        .zip(&finding.ruled_out)
        .partition(|(_, one)| speaks_against(finding.verdict, one));
    let matched = said.matched.iter().map(|rule| row(pack, rule, &rule.because, cited)).collect();
    let mut excluded = Vec::new();
    for (rule, one) in against {
        let because = in_short(pack, finding, one).unwrap_or_else(|| rule.because.clone());
        excluded.push(row(pack, rule, &because, cited));
    }
    excluded.extend(in_few_words(pack, finding, &beside));
    for (key, rows) in [("scope.paper.matched", matched), ("scope.paper.excluded", excluded)] {
        if !rows.is_empty() {
            blocks.extend([heading(key), Block::Rows { rows }]);
        }
    }
    if !said.open.is_empty() || !said.notes.is_empty() {
        blocks.push(heading("scope.paper.open"));
        let all = said.open.iter().chain(&said.notes);
        blocks.extend(all.map(|text| Block::Text { text: text.clone() }));
    }
    blocks
}

/// True when a reader must see the whole sentence: were it not for one thing that could be judged
/// otherwise, the answer would be another one. What a magnet is made of is no such thing.
fn speaks_against(verdict: Verdict, one: &RuledOut<'_>) -> bool {
    let otherwise = is_free(verdict) != is_free(one.rule.verdict);
    let could_be = match one.by {
        Reason::Condition(Condition::Form | Condition::Material) => false,
        // A rule of no form speaks of whatever is built, and of nothing else.
        Reason::Condition(Condition::Build) => {
            !one.rule.form.is_empty() || one.rule.verdict == Verdict::Outside
        }
        Reason::Condition(Condition::Contains | Condition::Lacks) | Reason::Status(_) => true,
    };
    otherwise && could_be
}

/// Why a rule does not hold, without what it speaks of: its own sentence beside it says that.
fn in_short(pack: &Pack, finding: &Finding<'_>, one: &RuledOut<'_>) -> Option<Bilingual> {
    let Reason::Condition(Condition::Build) = one.by else { return None };
    let build = finding.facts.build?;
    let is = pack.say(&format!("choice.build.{}", build.word()));
    Some(fill(&pack.say("scope.paper.not-so"), &[("is", is)]))
}

/// The other rules: only why they do not hold, each reason once, and what is shipped for all together.
fn in_few_words(
    pack: &Pack,
    finding: &Finding<'_>,
    rules: &[(&SaidRule<'_>, &RuledOut<'_>)],
) -> Option<Row> {
    let by_build = |one: &RuledOut<'_>| one.by == Reason::Condition(Condition::Build);
    let mut reasons: Vec<Bilingual> = Vec::new();
    let mut wanted: Vec<&str> = Vec::new();
    for (rule, one) in rules {
        if by_build(one) {
            let words = one.rule.build.iter().map(|build| build.word());
            let new: Vec<&str> = words.filter(|word| !wanted.contains(word)).collect();
            wanted.extend(new);
        } else if !reasons.contains(&rule.because) {
            reasons.push(rule.because.clone());
        }
    }
    let named = |word: &str| pack.say(&format!("choice.build.{word}"));
    if let Some(build) = finding.facts.build.filter(|_| !wanted.is_empty()) {
        let wants = list(wanted.iter().map(|word| named(word)));
        let sentence = pack.say("scope.ruled-out.build");
        reasons.push(fill(&sentence, &[("is", named(build.word())), ("wants", wants)]));
    }
    let join = |pick: fn(&Bilingual) -> &String, between: &str| {
        reasons.iter().map(|one| pick(one).as_str()).collect::<Vec<_>>().join(between)
    };
    let value = Bilingual::new(join(|one| &one.en, " "), join(|one| &one.zh, ""));
    let label = pack.say("scope.paper.beside");
    (!reasons.is_empty()).then_some(Row { label, value, remark: Bilingual::default() })
}

fn answers(setting: &Setting<'_>, id: &ItemId) -> Block {
    let row = |part: &&str| {
        let key = format!("item.{id}.{part}");
        let value = setting.value(&key).filter(|value| !value.is_empty())?;
        let label = setting.pack.label(&field::general(&key));
        Some(Row { label, value, remark: Bilingual::default() })
    };
    Block::Rows { rows: ANSWERS.iter().filter_map(row).collect() }
}

/// Who says it at the edge; the sentence, the lines of the tables or why it does not hold; how well it is
/// established, and the numbers of its sources.
fn row<'a>(pack: &Pack, said: &SaidRule<'a>, because: &Bilingual, cited: &mut Cited<'a>) -> Row {
    let basis = &said.rule.basis;
    let label = pack.say(&format!("basis-kind.{}", basis.kind.word()));
    let sentence = Bilingual::new(
        format!("{} {}", said.sentence.en, because.en).trim_end().to_owned(),
        format!("{}{}", said.sentence.zh, because.zh),
    );
    let (mut en, mut zh) = (vec![sentence.en], vec![sentence.zh]);
    for line in &said.lines {
        let goods = line.goods;
        en.push(format!("{}: {}. {}.", goods.code, goods.name.en, line.status.en));
        zh.push(format!("{}：{}。{}。", goods.code, goods.name.zh, line.status.zh));
    }
    let value = Bilingual::new(en.join("\n"), zh.join("\n"));
    let numbers: Vec<String> = basis.sources.iter().map(|id| number_of(cited, id)).collect();
    let mark = pack.say(&format!("mark.{}", basis.mark.word()));
    let remark = format!("{} · {} {}", mark.en, mark.zh, numbers.join(" "));
    Row { label, value, remark: Bilingual::same(remark) }
}

/// The number under which a source is printed.
fn number_of<'a>(cited: &mut Cited<'a>, id: &'a str) -> String {
    let at = cited.iter().position(|known| *known == id).unwrap_or_else(|| {
        cited.push(id);
        cited.len() - 1
    });
    format!("[{}]", at + 1)
}

/// Every source that was cited, under its number.
fn sources(pack: &Pack, cited: &[&str]) -> Option<Block> {
    let line = |(number, id): (usize, &&str)| {
        format!("[{number}] {}", pack.sources.get(*id).map(String::as_str).unwrap_or_default())
    };
    let lines: Vec<String> = (1..).zip(cited).map(line).collect();
    let remark = Bilingual::same(lines.join("\n"));
    let label = pack.say("scope.paper.sources");
    let row = Row { label, value: Bilingual::default(), remark };
    (!cited.is_empty()).then(|| Block::Rows { rows: vec![row] })
}

/// What nobody knows on the day, in one paragraph a day.
fn statuses(pack: &Pack, day: Date) -> Vec<Block> {
    let since = unknown_since(&register(pack, day));
    let line = |(day, names): &(Date, Vec<String>)| Block::Text {
        text: fill(
            &pack.say("scope.paper.status"),
            &[
                ("day", Bilingual::same(day.to_string())),
                ("announcements", Bilingual::new(names.join(", "), names.join("、"))),
            ],
        ),
    };
    since.iter().map(line).collect()
}
