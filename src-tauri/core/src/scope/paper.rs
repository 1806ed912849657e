//! What stands on the printed page that says what came of the scope question?
//!
//! One page in both languages: the answers, the rules that hold, those that do not and why, what is
//! open, and who says so. Deliberately absent: layout, and whom it is handed to.

use jiff::civil::Date;

use super::{Finding, register, say::SaidRule, say::fill, say::unknown_since, scope, together};
use crate::{
    content::{Block, Content, Row, Statement, WORDS},
    dossier::{Dossier, Party, Role},
    field,
    id::{BadId, ItemId, StatementId},
    pack::Pack,
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
    let mut blocks =
        vec![Block::Notice { text: pack.say(&format!("scope.verdict.{}", verdict.word())) }];
    for (id, finding) in &findings {
        blocks.extend(item(&setting, id, finding, findings.len() > 1));
    }
    blocks.push(Block::Text { text: pack.say(&format!("scope.advice.{}", verdict.word())) });
    blocks.extend(statuses(pack, day));
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

fn item(setting: &Setting<'_>, id: &ItemId, finding: &Finding<'_>, several: bool) -> Vec<Block> {
    let pack = setting.pack;
    let said = super::say(pack, finding);
    let heading = |key: &str| Block::Heading { text: pack.say(key) };
    let mut blocks = vec![heading("scope.paper.answers"), answers(setting, id)];
    if several {
        blocks.push(Block::Notice { text: said.verdict.clone() });
    }
    for (key, rules) in
        [("scope.paper.matched", &said.matched), ("scope.paper.excluded", &said.ruled_out)]
    {
        if !rules.is_empty() {
            let rows = rules.iter().map(|rule| row(pack, rule)).collect();
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

fn answers(setting: &Setting<'_>, id: &ItemId) -> Block {
    let row = |part: &&str| {
        let key = format!("item.{id}.{part}");
        let value = setting.value(&key).filter(|value| !value.is_empty())?;
        let label = setting.pack.label(&field::general(&key));
        Some(Row { label, value, remark: Bilingual::default() })
    };
    Block::Rows { rows: ANSWERS.iter().filter_map(row).collect() }
}

/// Who says it at the edge; the sentence, the lines of the tables or why it does not hold; the sources.
fn row(pack: &Pack, said: &SaidRule<'_>) -> Row {
    let basis = &said.rule.basis;
    let kind = pack.say(&format!("basis-kind.{}", basis.kind.word()));
    let mark = pack.say(&format!("mark.{}", basis.mark.word()));
    let label =
        Bilingual::new(format!("{} · {}", kind.en, mark.en), format!("{} · {}", kind.zh, mark.zh));
    let (mut en, mut zh) = (vec![said.sentence.en.clone()], vec![said.sentence.zh.clone()]);
    for line in &said.lines {
        let goods = line.goods;
        en.push(format!("{}: {}. {}.", goods.code, goods.name.en, line.status.en));
        zh.push(format!("{}：{}。{}。", goods.code, goods.name.zh, line.status.zh));
    }
    if !said.because.is_empty() {
        en.push(said.because.en.clone());
        zh.push(said.because.zh.clone());
    }
    let value = Bilingual::new(en.join("\n"), zh.join("\n"));
    let source = |id: &String| pack.sources.get(id).map(String::as_str).unwrap_or_default();
    let sources: Vec<&str> = basis.sources.iter().map(source).collect();
    Row { label, value, remark: Bilingual::same(sources.join("; ")) }
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
