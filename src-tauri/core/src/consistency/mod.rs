//! Do the papers of one application say the same?
//!
//! Fifteen checks, each a function of its own, over what was typed, what the certificate's draft says
//! and the words of papers that can be read. A paper that cannot be read is not judged. What a check
//! means, its basis and its limits stand in the pack. Deliberately absent: any repair.

mod certificate;
mod goods;
mod parties;
mod trade;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{
    dossier::Dossier,
    exhibit::Exhibit,
    field,
    finding::{Finding, Place},
    id::ExhibitId,
    pack::{CheckRule, Pack},
    record::choice,
    text::Bilingual,
};

/// The words of exhibits that can be read; what is not there was not read.
pub type Readings = BTreeMap<ExhibitId, String>;

choice! {
    /// What is wrong.
    Kind {
        /// Something that must be said is not.
        "absent" Absent,
        /// Something nearly the same is said instead.
        "nearly" Nearly,
        /// Something else is said.
        "differs" Differs,
        /// Nothing was filled in yet.
        "blank" Blank,
        /// It is said in one language only.
        "one-language" OneLanguage,
        /// More than one thing is said.
        "several" Several,
        /// More is ordered than is explained.
        "more" More,
        /// A day lies before one that it must follow.
        "early" Early,
        /// A day lies after one that it must precede.
        "late" Late,
        /// A day lies too far back.
        "stale" Stale,
        /// It was answered with no.
        "no" No,
        /// A listed firm owns half of it or more.
        "listed-owner" ListedOwner,
        /// A fault of the draft is neither mended nor accepted.
        "unaccepted" Unaccepted,
        /// A code does not stand for this.
        "misfit" Misfit,
        /// It has not the shape of a code.
        "shape" Shape,
        /// A status is unknown and not confirmed.
        "unconfirmed" Unconfirmed,
        /// It has no original in the vault, so that nothing clean can be made of it.
        "no-original" NoOriginal,
    }
}

/// The places that are not fields; texts stand under `where.<word>`.
pub const PLACES: [&str; 2] = ["certificate-en", "certificate-zh"];

/// One thing that does not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discord {
    /// What is wrong.
    pub kind: Kind,
    /// Where it can be mended.
    pub place: Place,
    /// Where it stands, in words.
    pub stands: Bilingual,
    /// What was expected; may be blank.
    pub expected: String,
    /// What was found; may be blank.
    pub found: String,
}

/// How a check stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// What was compared agrees.
    Agrees,
    /// Something differs.
    Differs,
    /// Something that is to be compared is still blank.
    Open,
    /// It is not asked here.
    NotAsked,
}

impl Standing {
    /// Every word, in the order of the enum.
    pub const WORDS: [&str; 4] = ["agrees", "differs", "open", "not-asked"];

    /// The word for texts and `--json`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Differs => "differs",
            Self::Open => "open",
            Self::NotAsked => "not-asked",
        }
    }
}

/// A check and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome<'a> {
    /// The check.
    pub rule: &'a CheckRule,
    /// How it stands.
    pub standing: Standing,
    /// What does not agree, or is blank.
    pub discords: Vec<Discord>,
}

/// What checks look at.
#[derive(Debug, Clone, Copy)]
pub struct Grounds<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// Its pack.
    pub pack: &'a Pack,
    /// The day.
    pub day: Date,
    /// The words of exhibits.
    pub readings: &'a Readings,
}

/// How a check is made.
#[derive(Clone, Copy)]
enum Check {
    /// Answers what does not agree.
    Always(fn(&Grounds<'_>) -> Vec<Discord>),
    /// The same; `None` when it is not asked.
    WhereAsked(fn(&Grounds<'_>) -> Option<Vec<Discord>>),
}
use Check::{Always, WhereAsked};

const CHECKS: [(&str, Check); 15] = [
    ("names", Always(parties::names)),
    ("contract", Always(trade::contract)),
    ("goods", Always(goods::goods)),
    ("destination", Always(trade::destination)),
    ("end-use", Always(goods::end_use)),
    ("quantity", WhereAsked(goods::quantity)),
    ("transport", Always(trade::transport)),
    ("languages", Always(certificate::languages)),
    ("dates", Always(certificate::dates)),
    ("signature", Always(certificate::signature)),
    ("traces", WhereAsked(certificate::traces)),
    ("undertakings", Always(certificate::undertakings)),
    ("code", WhereAsked(goods::code)),
    ("screening", WhereAsked(parties::screening)),
    ("status", WhereAsked(trade::status)),
];

/// True when this program can make the check.
#[must_use]
pub fn knows(id: &str) -> bool {
    CHECKS.iter().any(|(known, _)| *known == id)
}

/// Makes every check of the pack.
#[must_use]
pub fn consistency<'a>(
    dossier: &Dossier,
    pack: &'a Pack,
    day: Date,
    readings: &Readings,
) -> Vec<Outcome<'a>> {
    let grounds = Grounds { dossier, pack, day, readings };
    let outcome = |rule: &'a CheckRule| {
        let (_, check) = CHECKS.iter().find(|(id, _)| *id == rule.id)?;
        let discords = match check {
            Always(check) => Some(check(&grounds)),
            WhereAsked(check) => check(&grounds),
        };
        let standing = match &discords {
            None => Standing::NotAsked,
            Some(all) if all.is_empty() => Standing::Agrees,
            Some(all) if all.iter().all(|discord| discord.kind == Kind::Blank) => Standing::Open,
            Some(_) => Standing::Differs,
        };
        Some(Outcome { rule, standing, discords: discords.unwrap_or_default() })
    };
    pack.checks.checks.iter().filter_map(outcome).collect()
}

/// Says in words what does not agree.
#[must_use]
pub fn say(pack: &Pack, discord: &Discord) -> Bilingual {
    pack.say(&format!("discord.{}", discord.kind.word())).fill(|key, language| match key {
        "where" => Some(discord.stands.side(language).to_owned()),
        "expected" => Some(discord.expected.clone()),
        "found" => Some(discord.found.clone()),
        _ => None,
    })
}

/// What a release is told: everything that differs, and how many checks are open.
#[must_use]
pub fn findings(pack: &Pack, outcomes: &[Outcome<'_>]) -> Vec<Finding> {
    let differs = outcomes.iter().flat_map(|outcome| {
        let id = &outcome.rule.id;
        let part = move |part: &str| pack.say(&format!("check.{id}.{part}")).en;
        let grave = outcome.discords.iter().filter(|discord| discord.kind != Kind::Blank);
        grave.map(move |discord| {
            let severity = outcome.rule.severity.into();
            Finding::new(severity, "consistency-differs", discord.place.clone())
                .with("check", part("title"))
                .with("what", say(pack, discord).en)
                .with("how", part("mend"))
        })
    });
    let mut findings: Vec<Finding> = differs.collect();
    let open = outcomes.iter().filter(|outcome| outcome.standing == Standing::Open).count();
    if open > 0 {
        let severity = crate::finding::Severity::Tip;
        let finding = Finding::new(severity, "consistency-open", Place::Checks);
        findings.push(finding.with("count", open.to_string()));
    }
    findings
}

/// A discord of an exhibit.
fn of_exhibit(kind: Kind, exhibit: &Exhibit, expected: &str, found: &str) -> Discord {
    Discord {
        kind,
        place: Place::Exhibit(exhibit.id.clone()),
        stands: exhibit.name_in_the_house(),
        expected: expected.to_owned(),
        found: found.to_owned(),
    }
}

impl<'a> Grounds<'a> {
    fn field(&self, kind: Kind, key: &str, expected: &str, found: &str) -> Discord {
        Discord {
            kind,
            place: Place::Field(key.to_owned()),
            stands: self.pack.label(key),
            expected: expected.to_owned(),
            found: found.to_owned(),
        }
    }

    fn blank(&self, key: &str) -> Discord {
        self.field(Kind::Blank, key, "", "")
    }

    /// A discord of the certificate's draft on one of its sides.
    fn draft(&self, side: usize, kind: Kind, expected: &str, found: &str) -> Discord {
        let mut discord = self.field(kind, "certificate.text", expected, found);
        discord.stands = self.pack.say(&format!("where.{}", PLACES[side]));
        discord
    }

    /// What stands under a key, on both sides.
    fn value(&self, key: &str) -> Bilingual {
        field::read(self.dossier, key).map(|(_, value)| value).unwrap_or_default()
    }

    /// The sides of the certificate's draft that say something: 0 is English, 1 Chinese.
    fn sides(&self) -> Vec<(usize, &'a str)> {
        let text = &self.dossier.certificate.text;
        let sides = [(0, text.en.as_str()), (1, text.zh.as_str())];
        sides.into_iter().filter(|(_, text)| !text.trim().is_empty()).collect()
    }

    /// The exhibits that answer a requirement and can be read.
    fn read(&self, requirement: &str) -> Vec<(&'a Exhibit, &'a str)> {
        let answers = |exhibit: &&Exhibit| {
            exhibit.answers.iter().any(|answered| answered.as_str() == requirement)
        };
        let all = self.dossier.exhibits.iter().filter(answers);
        let read = |exhibit: &'a Exhibit| {
            let text = self.readings.get(&exhibit.id)?;
            Some((exhibit, text.as_str()))
        };
        all.filter_map(read).collect()
    }

    /// Looks for something that a side of the draft must say.
    fn want(&self, side: usize, text: &str, wanted: &str) -> Option<Discord> {
        if wanted.trim().is_empty() || crate::words::says(text, wanted) {
            return None;
        }
        Some(match crate::words::nearly(text, wanted) {
            Some(found) => self.draft(side, Kind::Nearly, wanted, &found),
            None => self.draft(side, Kind::Absent, wanted, ""),
        })
    }
}

/// Looks for something that a paper must say, or at least must not say nearly.
fn want_in((exhibit, text): (&Exhibit, &str), wanted: &str, must: bool) -> Option<Discord> {
    if wanted.trim().is_empty() || crate::words::says(text, wanted) {
        return None;
    }
    match crate::words::nearly(text, wanted) {
        Some(found) => Some(of_exhibit(Kind::Nearly, exhibit, wanted, &found)),
        None => must.then(|| of_exhibit(Kind::Absent, exhibit, wanted, "")),
    }
}
