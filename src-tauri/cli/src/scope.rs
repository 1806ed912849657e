//! How does the terminal ask whether goods need a licence, and find them in the tables?

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use jiff::civil::Date;
use lanthan_api::{Error, LedgerHead, packs::Packs, scope::Page};
use lanthan_core::{
    dossier::Specification,
    field::FieldError,
    id::{DossierId, ItemId, PartyId},
    lookup,
    pack::{Announcement, Pack, Status},
    record::Record,
    scope::{
        self, Facts, Finding, Said, SaidRule, judge, register, say as in_words, unknown_since,
    },
    text::Bilingual,
};
use serde_json::{Value, json};

use crate::{
    args::{Day, OneDossier, OneVault, Output, Passphrase},
    commands::{open_dossier, today},
    output::{Failure, complain, say, say_json},
};

/// The scope question, of a dossier or of what is typed.
#[derive(Debug, Args)]
pub(crate) struct ScopeCall {
    /// The vault of a dossier; without one, the goods are described by the arguments below
    #[arg(long, value_name = "FOLDER", requires = "dossier")]
    vault: Option<PathBuf>,
    /// The dossier's id
    #[arg(long, value_name = "ID", requires = "vault")]
    dossier: Option<String>,
    #[command(flatten)]
    passphrase: Passphrase,
    /// Only look: works while the vault is in use
    #[arg(long, requires = "vault")]
    read_only: bool,
    /// Take what follows over into the dossier's situation, by which the checklist asks
    #[arg(long, requires = "vault")]
    adopt: bool,
    /// Write the finding as a page in both languages into this folder; it must not exist or be empty
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// For which party the page is, by its id; for the firm's own files when left out
    #[arg(long, value_name = "PARTY", requires_all = ["out", "vault"])]
    to: Option<String>,
    #[command(flatten)]
    goods: Described,
    #[command(flatten)]
    day: Day,
    #[command(flatten)]
    output: Output,
}

/// Goods as they are described on the command line.
#[derive(Debug, Args)]
#[group(multiple = true, conflicts_with = "vault")]
struct Described {
    /// What the goods are called; stands on the page
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// magnet, metal, alloy, target, oxide, compound or other
    #[arg(long, value_name = "WORD")]
    form: Option<String>,
    /// Of a magnet: ndfeb, smco, ferrite, alnico or other
    #[arg(long, value_name = "WORD")]
    material: Option<String>,
    /// What is shipped: bare, rotor-stator, sensor-part, attachment, motor, loudspeaker, product …
    #[arg(long, value_name = "WORD")]
    build: Option<String>,
    /// Mass fractions by a report, such as "Dy 1.1 %; Tb 0"
    #[arg(long, value_name = "TEXT")]
    measured: Option<String>,
    /// Which report states them; without one nothing is taken to be absent
    #[arg(long, value_name = "TEXT")]
    report: Option<String>,
    /// The report rules out every listed element that it does not name
    #[arg(long)]
    others_absent: bool,
}

impl Described {
    fn specification(&self) -> Result<Specification, Error> {
        let mut item = Specification::default();
        let others = self.others_absent.then(|| "yes".to_owned());
        let typed = [
            ("name", "name", &self.name),
            ("family", "form", &self.form),
            ("material", "material", &self.material),
            ("build", "build", &self.build),
            ("measured", "measured", &self.measured),
            ("report", "report", &self.report),
            ("others-absent", "others-absent", &others),
        ];
        for (key, word, text) in typed {
            let (Some(text), Some(leaf)) = (text, item.leaf_mut(key)) else { continue };
            let named = |source| FieldError::Entry { key: word.to_owned(), source };
            leaf.write(&Bilingual::same(text.as_str())).map_err(named)?;
        }
        Ok(item)
    }
}

/// Asks. Exit code 0 whatever the answer is: it is one.
pub(crate) fn run(call: ScopeCall) -> Result<ExitCode, Failure> {
    let day = today(call.day.day);
    let (Some(vault), Some(dossier)) = (call.vault, call.dossier) else {
        let packs = Packs::carried().map_err(Error::from)?;
        let pack = packs.all().next().ok_or(Error::NoPack)?;
        let goods = call.goods.specification()?;
        let id = ItemId::new("1").map_err(Error::from)?;
        let finding = judge(Facts::of(&goods, pack), pack, day);
        let page = call.out.map(|out| lanthan_api::scope::print(pack, goods, &out, day));
        let page = page.transpose()?;
        tell(
            pack,
            day,
            None,
            &[(id, finding)],
            page.as_ref().map(|page| (page, None)),
            &call.output,
        );
        return Ok(ExitCode::SUCCESS);
    };
    let OneVault { vault, passphrase, read_only } =
        OneVault { vault, passphrase: call.passphrase, read_only: call.read_only };
    let one = OneDossier { vault: OneVault { vault, passphrase, read_only }, dossier };
    let (mut workspace, id) = open_dossier(&one)?;
    if call.adopt {
        workspace.adopt_scope(&id, day)?;
    }
    let printed = match &call.out {
        None => None,
        Some(out) => {
            let to = call.to.as_deref().map(PartyId::new).transpose().map_err(Error::from)?;
            Some(workspace.print_scope(&id, to.as_ref(), out, day)?)
        }
    };
    let (dossier, _) = workspace.dossier(&id)?;
    let pack = workspace.pack_of(&dossier)?;
    let findings = workspace.scope(&dossier, day)?;
    let page = printed.as_ref().map(|one| (&one.page, Some(&one.ledger)));
    tell(pack, day, Some(&id), &findings, page, &call.output);
    workspace.close()?;
    Ok(ExitCode::SUCCESS)
}

fn tell(
    pack: &Pack,
    day: Date,
    dossier: Option<&DossierId>,
    findings: &[(ItemId, Finding<'_>)],
    printed: Option<(&Page, Option<&LedgerHead>)>,
    output: &Output,
) {
    let verdict = scope::together(findings.iter().map(|(_, finding)| &finding.verdict));
    if output.json {
        let suggests = scope::suggestions(findings);
        say_json(&json!({
            "dossier": dossier.map(DossierId::as_str),
            "day": day.to_string(),
            "pack": format!("{} {}", pack.id, pack.version),
            "verdict": verdict.word(),
            "free": scope::is_free(verdict),
            "items": findings.iter().map(|(id, one)| item_json(pack, id, one)).collect::<Vec<_>>(),
            "suggests": suggests.iter().map(|(key, word)| ((*key).to_owned(), json!(word)))
                .collect::<serde_json::Map<_, _>>(),
            "register": register(pack, day).iter().map(|one| status_json(pack, one)).collect::<Vec<_>>(),
            "statusAdvice": text(&pack.say("status.advice")),
            "printed": printed.map(|(page, ledger)| json!({
                "name": page.file.name, "sizeBytes": page.file.size_bytes,
                "sha256": page.file.sha256, "pages": page.pages,
                "ledger": ledger.map(crate::vault::ledger_json),
            })),
        }));
        return;
    }
    for (id, finding) in findings {
        say_item(id, &in_words(pack, finding), finding);
    }
    for line in unknown_lines(pack, day) {
        say(&line);
    }
    if let Some((page, _)) = printed {
        say(&format!("written: {} (pages: {})", page.file.name, page.pages));
    }
}

fn say_item(id: &ItemId, said: &Said<'_>, finding: &Finding<'_>) {
    say(&format!("{id}: {}", said.verdict.en));
    for rule in &said.matched {
        say_rule("applies", rule);
    }
    for rule in &said.ruled_out {
        say_rule("excluded", rule);
    }
    for open in &said.open {
        say(&format!("  ask       {}", open.en));
    }
    for note in &said.notes {
        say(&format!("  note      {}", note.en));
    }
    if !finding.facts.measured.unread.is_empty() {
        complain(&format!("not understood: {}", finding.facts.measured.unread.join(", ")));
    }
    say(&format!("  {}", said.advice.en));
}

fn say_rule(lead: &str, said: &SaidRule<'_>) {
    let basis = &said.rule.basis;
    let who = format!("{}, {}", basis.kind.word(), basis.mark.word());
    say(&format!("  {lead:<9} {} [{who}]", said.sentence.en));
    for line in &said.lines {
        let goods = line.goods;
        say(&format!("            {}  {}. {}", goods.code, goods.name.en, line.status.en));
    }
    if !said.because.is_empty() {
        say(&format!("            {}", said.because.en));
    }
}

fn text(text: &Bilingual) -> Value {
    json!({"en": text.en, "zh": text.zh})
}

fn rule_json(said: &SaidRule<'_>) -> Value {
    let basis = &said.rule.basis;
    let line = |line: &scope::SaidLine<'_>| {
        json!({"code": line.goods.code, "name": text(&line.goods.name),
               "announcement": line.goods.announcement, "status": line.stands.word(),
               "statusDay": line.stands.day().map(|day| day.to_string())})
    };
    json!({
        "rule": said.rule.id,
        "says": text(&said.sentence),
        "because": if said.because.is_empty() { Value::Null } else { text(&said.because) },
        "basis": {"kind": basis.kind.word(), "mark": basis.mark.word(), "sources": basis.sources},
        "lines": said.lines.iter().map(line).collect::<Vec<_>>(),
    })
}

fn item_json(pack: &Pack, id: &ItemId, finding: &Finding<'_>) -> Value {
    let said = in_words(pack, finding);
    let open = finding.open.iter().zip(&said.open);
    let notes = finding.notes.iter().zip(&said.notes);
    json!({
        "id": id.as_str(),
        "verdict": finding.verdict.word(),
        "says": text(&said.verdict),
        "advice": text(&said.advice),
        "matched": said.matched.iter().map(rule_json).collect::<Vec<_>>(),
        "ruledOut": said.ruled_out.iter().map(rule_json).collect::<Vec<_>>(),
        "open": open.map(|(one, words)| json!({"ask": one.word(), "says": text(words)}))
            .collect::<Vec<_>>(),
        "notes": notes.map(|(one, words)| json!({"note": one.word(), "says": text(words)}))
            .collect::<Vec<_>>(),
        "unread": finding.facts.measured.unread,
    })
}

fn status_json(pack: &Pack, (one, status): &(&Announcement, Status)) -> Value {
    json!({"id": one.id, "name": text(&pack.say(&format!("announcement.{}", one.id))),
           "status": status.word(), "statusDay": status.day().map(|day| day.to_string()),
           "from": one.from.to_string(), "verifiedOn": one.verified_on.to_string(),
           "mark": one.mark.word()})
}

/// Announcements of which nobody knows how they stand, as lines with what to do.
pub(crate) fn unknown_lines(pack: &Pack, day: Date) -> Vec<String> {
    let since = unknown_since(&register(pack, day));
    let mut lines: Vec<String> = since
        .iter()
        .map(|(day, names)| format!("status unknown since {day}: Nos. {}", names.join(", ")))
        .collect();
    if !lines.is_empty() {
        lines.push(pack.say("status.advice").en);
    }
    lines
}

/// The same for `--json`.
pub(crate) fn unknown_json(pack: &Pack, day: Date) -> Value {
    register(pack, day)
        .iter()
        .filter(|(_, status)| status.is_unknown())
        .map(|one| status_json(pack, one))
        .collect()
}

/// A look into the tables of listed goods.
#[derive(Debug, Args)]
pub(crate) struct GoodsCall {
    /// An element, control code, customs number, announcement, or name in English or Chinese
    #[arg(required = true)]
    search: Vec<String>,
    #[command(flatten)]
    day: Day,
    #[command(flatten)]
    output: Output,
}

/// Finds goods in the tables of the carried pack.
pub(crate) fn goods(call: &GoodsCall) -> Result<ExitCode, Failure> {
    let packs = Packs::carried().map_err(Error::from)?;
    let pack = packs.all().next().ok_or(Error::NoPack)?;
    let day = today(call.day.day);
    let hits = lookup::look_up(&pack.goods, &call.search.join(" "));
    let stands = |hit: &lookup::Hit<'_>| {
        pack.announcement(&hit.goods.announcement).map(|one| one.status(day))
    };
    if call.output.json {
        let hit = |hit: &lookup::Hit<'_>| {
            let goods = hit.goods;
            let status = stands(hit);
            json!({"code": goods.code, "by": hit.by.word(), "name": text(&goods.name),
                   "elements": goods.elements, "hs": goods.hs, "hsPractice": goods.hs_practice,
                   "announcement": goods.announcement,
                   "status": status.map(Status::word),
                   "statusDay": status.and_then(Status::day).map(|day| day.to_string()),
                   "mark": goods.mark.word(), "sources": goods.sources})
        };
        say_json(&hits.iter().map(hit).collect());
        return Ok(ExitCode::SUCCESS);
    }
    for hit in &hits {
        let goods = hit.goods;
        let status = stands(hit).map(|one| scope::status(pack, one).en).unwrap_or_default();
        let number = scope::number(&goods.announcement);
        say(&format!("{:<10} {} {}", goods.code, goods.name.en, goods.name.zh));
        say(&format!("           No. {number}: {status} [{}]", goods.mark.word()));
        for (lead, numbers) in [("HS", &goods.hs), ("HS in practice", &goods.hs_practice)] {
            if !numbers.is_empty() {
                say(&format!("           {lead}: {}", numbers.join(", ")));
            }
        }
    }
    if hits.is_empty() {
        say(&pack.say("scope.open.no-rule").en);
    }
    Ok(ExitCode::SUCCESS)
}
