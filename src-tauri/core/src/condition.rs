//! Does a requirement apply here, and can it say why?
//!
//! Conditions are data of the pack, combined with all, any and not. Each answer carries the facts it
//! rests on, so that the window can say "asked because the importer is not the end user". A fact
//! that nobody has settled is *unknown*, never silently false. Deliberately absent: the sentences;
//! they are texts of the pack under `fact.<word>.yes` and `.no`.

use std::fmt;

use jiff::civil::Date;
use serde::{
    Deserialize, Deserializer,
    de::{Error, IntoDeserializer, MapAccess, Visitor},
};

use crate::{
    dossier::{Dossier, Role},
    id::RequirementId,
    pack::{Announcement, Pack},
    record::choice,
};

choice! {
    /// A thing that is true, false or unknown of a dossier.
    Fact {
        /// The item is a listed material.
        "in-scope" InScope,
        /// The item is an assembly that contains magnets.
        "assembly" Assembly,
        /// It is doubtful whether the item is listed.
        "near-threshold" NearThreshold,
        /// The importer and the end user are two firms.
        "importer-is-not-end-user" ImporterIsNotEndUser,
        /// A trader stands between.
        "has-trader" HasTrader,
        /// More than two firms handle the goods.
        "more-than-two-parties" MoreThanTwoParties,
        /// The buyer sells the component on.
        "resells-component" ResellsComponent,
        /// The supplier asked for this very requirement in writing.
        "requested" Requested,
        /// A certificate of the government was asked for.
        "government-certificate-requested" GovernmentCertificateRequested,
        /// A party stands on the watch list.
        "watch-listed" WatchListed,
        /// The supplier applies for a general licence.
        "general-licence" GeneralLicence,
        /// It is the first order with this supplier.
        "first-order" FirstOrder,
        /// The end user sits in Japan, or its product goes there.
        "japan" Japan,
        /// The status of a suspended announcement is unknown on the day.
        "suspension-unknown" SuspensionUnknown,
    }
}

/// When a requirement applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// One fact.
    Fact(Fact),
    /// All of them.
    All {
        /// The parts.
        all: Vec<Condition>,
    },
    /// At least one of them.
    Any {
        /// The parts.
        any: Vec<Condition>,
    },
    /// Not this.
    Not {
        /// The part.
        not: Box<Condition>,
    },
}

/// Read by hand, so that an author is told which word is none and which there are.
impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(untrusted: D) -> Result<Self, D::Error> {
        untrusted.deserialize_any(Written)
    }
}

struct Written;

impl<'de> Visitor<'de> for Written {
    type Value = Condition;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a word such as \"has-trader\", or a table with `all`, `any` or `not`")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Condition, E> {
        Fact::deserialize(word.into_deserializer()).map(Condition::Fact)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Condition, A::Error> {
        let Some(key) = map.next_key::<String>()? else {
            return Err(Error::custom("an empty condition: write `all`, `any` or `not`"));
        };
        let condition = match key.as_str() {
            "all" => Condition::All { all: map.next_value()? },
            "any" => Condition::Any { any: map.next_value()? },
            "not" => Condition::Not { not: map.next_value()? },
            other => return Err(Error::unknown_field(other, &["all", "any", "not"])),
        };
        match map.next_key::<String>()? {
            None => Ok(condition),
            Some(more) => Err(Error::custom(format!(
                "`{more}` beside `{key}`: put one of them into the other"
            ))),
        }
    }
}

/// Yes, no, or not settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// Nobody has said.
    Unknown,
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

impl From<Option<bool>> for Truth {
    fn from(holds: Option<bool>) -> Self {
        holds.map_or(Self::Unknown, Self::from)
    }
}

/// A fact and what it was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// The fact.
    pub fact: Fact,
    /// What it was found to be.
    pub truth: Truth,
}

/// What a condition is judged on.
#[derive(Debug, Clone, Copy)]
pub struct Grounds<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// Its pack.
    pub pack: &'a Pack,
    /// The day.
    pub day: Date,
    /// The requirement whose condition it is.
    pub requirement: &'a RequirementId,
}

impl Condition {
    /// Judges the condition and names the facts that decided it.
    #[must_use]
    pub fn judge(&self, grounds: Grounds<'_>) -> (Truth, Vec<Reason>) {
        match self {
            Self::Fact(fact) => {
                let truth = grounds.truth(*fact);
                (truth, vec![Reason { fact: *fact, truth }])
            }
            Self::Not { not } => {
                let (truth, reasons) = not.judge(grounds);
                let turned = match truth {
                    Truth::Yes => Truth::No,
                    Truth::No => Truth::Yes,
                    Truth::Unknown => Truth::Unknown,
                };
                (turned, reasons)
            }
            Self::All { all } => combine(all, grounds, Truth::No, Truth::Yes),
            Self::Any { any } => combine(any, grounds, Truth::Yes, Truth::No),
        }
    }

    /// Every fact that the condition names.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        match self {
            Self::Fact(fact) => vec![*fact],
            Self::Not { not } => not.facts(),
            Self::All { all: parts } | Self::Any { any: parts } => {
                parts.iter().flat_map(Self::facts).collect()
            }
        }
    }
}

/// One part that is `decisive` decides alone; otherwise an unknown part leaves all unknown.
fn combine(
    parts: &[Condition],
    grounds: Grounds<'_>,
    decisive: Truth,
    otherwise: Truth,
) -> (Truth, Vec<Reason>) {
    let judged: Vec<_> = parts.iter().map(|part| part.judge(grounds)).collect();
    let truth = if judged.iter().any(|(truth, _)| *truth == decisive) {
        decisive
    } else if judged.iter().any(|(truth, _)| *truth == Truth::Unknown) {
        Truth::Unknown
    } else {
        otherwise
    };
    let reasons =
        judged.into_iter().filter(|(part, _)| *part == truth).flat_map(|(_, r)| r).collect();
    (truth, reasons)
}

impl Grounds<'_> {
    /// What a fact is found to be.
    #[must_use]
    pub fn truth(&self, fact: Fact) -> Truth {
        let dossier = self.dossier;
        let situation = &dossier.situation;
        match fact {
            Fact::InScope => situation.in_scope.into(),
            Fact::Assembly => situation.assembly.into(),
            Fact::NearThreshold => situation.near_threshold.into(),
            Fact::ResellsComponent => situation.resells_component.into(),
            Fact::GovernmentCertificateRequested => {
                situation.government_certificate_requested.into()
            }
            Fact::WatchListed => situation.watch_listed.into(),
            Fact::GeneralLicence => situation.general_licence.into(),
            Fact::FirstOrder => situation.first_order.into(),
            Fact::Japan => situation.japan.into(),
            Fact::HasTrader => dossier.party_with(Role::Trader).is_some().into(),
            Fact::Requested => dossier.requests.contains_key(self.requirement).into(),
            Fact::ImporterIsNotEndUser => {
                match (dossier.party_with(Role::Importer), dossier.party_with(Role::EndUser)) {
                    (Some(importer), Some(end_user)) => (importer.id != end_user.id).into(),
                    _ => Truth::Unknown,
                }
            }
            Fact::MoreThanTwoParties => {
                let handles = |role: &Role| {
                    matches!(role, Role::Supplier | Role::Importer | Role::Trader | Role::EndUser)
                };
                let firms = dossier.parties.iter().filter(|p| p.roles.iter().any(handles)).count();
                (firms > 2).into()
            }
            Fact::SuspensionUnknown => {
                let lapsed =
                    |a: &Announcement| a.suspended.is_some() && a.status(self.day).is_unknown();
                self.pack.announcements.iter().any(lapsed).into()
            }
        }
    }
}
