//! What does a province, a destination or one supplier ask beyond a pack?
//!
//! An overlay is written like a pack and laid over one: it adds requirements, announcements, sources
//! and texts, and may ask more strictly for what the pack asks already. It never takes away: what the
//! law asks stays. Deliberately absent: choosing one; a dossier names its overlays.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::{
    Announcement, CHINESE, Demand, ENGLISH, Fault, Pack, PackError, Requirement, STRUCTURE, Tier,
    read::open,
};
use crate::{
    dossier::{Dossier, Role},
    id::{PackId, RequirementId},
    record::choice,
    text::Bilingual,
};

/// The text that names an overlay.
const TITLE: &str = "overlay.title";

choice! {
    /// Whose demands an overlay holds.
    OverlayKind {
        /// The commerce office of a Chinese province or city.
        "province" Province,
        /// The end user's country.
        "destination" Destination,
        /// One supplier.
        "supplier" Supplier,
    }
}

/// Demands that are laid over a pack.
#[derive(Debug, Clone)]
pub struct Overlay {
    /// Its id.
    pub id: PackId,
    /// Its version, as that of a pack.
    pub version: String,
    /// The day on which its facts were last checked.
    pub verified_on: Date,
    /// The pack that it is laid over.
    pub over: PackId,
    /// Whose demands they are.
    pub kind: OverlayKind,
    /// What it is for: names of countries as they are typed, or parts of a supplier's name or address,
    /// in English or Chinese.
    pub suits: Vec<String>,
    requirements: Vec<Requirement>,
    changes: Vec<Change>,
    announcements: Vec<Announcement>,
    sources: BTreeMap<String, String>,
    texts: BTreeMap<String, Bilingual>,
}

/// A stricter demand for something that the pack asks already.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    requirement: RequirementId,
    #[serde(default)]
    demand: Option<Demand>,
    #[serde(default)]
    tier: Option<Tier>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    #[serde(rename = "format")]
    _format: u32,
    id: PackId,
    version: String,
    verified_on: Date,
    over: PackId,
    kind: OverlayKind,
    suits: Vec<String>,
    #[serde(rename = "requirement", default)]
    requirements: Vec<Requirement>,
    #[serde(rename = "change", default)]
    changes: Vec<Change>,
    #[serde(rename = "announcement", default)]
    announcements: Vec<Announcement>,
    #[serde(default)]
    sources: BTreeMap<String, String>,
}

impl Overlay {
    /// True when a structure file is that of an overlay and not of a pack.
    #[must_use]
    pub fn is_one(untrusted_structure: &str) -> bool {
        untrusted_structure.parse::<toml::Table>().is_ok_and(|table| table.contains_key("over"))
    }

    /// Reads an overlay from its three files. Whether it is whole can only be said together with its
    /// pack; see [`Pack::with`].
    ///
    /// # Errors
    ///
    /// [`PackError`] when a file is malformed, newer than this program, or has a text in one language
    /// only.
    pub fn read(
        untrusted_structure: &str,
        untrusted_en: &str,
        untrusted_zh: &str,
    ) -> Result<Self, PackError> {
        let (written, texts, mut faults) = open(untrusted_structure, untrusted_en, untrusted_zh)?;
        let Written {
            id,
            version,
            verified_on,
            over,
            kind,
            suits,
            requirements,
            changes,
            announcements,
            sources,
            ..
        }: Written = written;
        if !super::is_version(&version) {
            let says = format!("\"{version}\" is no version: write numbers with dots, as 2026.11");
            faults.push(Fault::of_pack(says));
        }
        if suits.is_empty() {
            let says = "it does not say what it suits: write suits = [\"…\"]";
            faults.push(Fault::of_pack(says.to_owned()));
        }
        if !faults.is_empty() {
            let texts = [untrusted_structure, untrusted_en, untrusted_zh];
            let [pack, en, zh] = [STRUCTURE, ENGLISH, CHINESE];
            let files = [(pack, texts[0]), (en, texts[1]), (zh, texts[2])];
            return Err(PackError::NotWhole(faults).found(&files));
        }
        Ok(Self {
            id,
            version,
            verified_on,
            over,
            kind,
            suits,
            requirements,
            changes,
            announcements,
            sources,
            texts,
        })
    }

    /// Its name, for lists.
    #[must_use]
    pub fn title(&self) -> Bilingual {
        self.texts.get(TITLE).cloned().unwrap_or_else(|| Bilingual::same(self.id.to_string()))
    }

    /// True when a party of the dossier is one it is for. Only a hint: a person chooses.
    #[must_use]
    pub fn suits(&self, dossier: &Dossier) -> bool {
        let role = match self.kind {
            OverlayKind::Destination => Role::EndUser,
            OverlayKind::Province | OverlayKind::Supplier => Role::Supplier,
        };
        dossier.parties.iter().filter(|party| party.roles.contains(&role)).any(|party| {
            let profile = &party.profile;
            self.suits.iter().map(|word| word.trim().to_lowercase()).any(|word| match self.kind {
                OverlayKind::Destination => {
                    let country = &profile.country;
                    [&country.en, &country.zh].iter().any(|name| name.trim().to_lowercase() == word)
                }
                OverlayKind::Province | OverlayKind::Supplier => {
                    [&profile.name, &profile.name_local, &profile.name_zh, &profile.address]
                        .iter()
                        .any(|place| place.to_lowercase().contains(&word))
                }
            })
        })
    }
}

impl Pack {
    /// The pack with overlays laid over it, in their order.
    ///
    /// # Errors
    ///
    /// [`PackError::NotWhole`] when an overlay is for another pack, contradicts it, or leaves a gap.
    pub fn with(&self, overlays: &[&Overlay]) -> Result<Self, PackError> {
        let mut whole = self.clone();
        let mut faults = Vec::new();
        for overlay in overlays {
            whole.lay(overlay, &mut faults);
        }
        faults.extend(whole.faults());
        if faults.is_empty() { Ok(whole) } else { Err(PackError::NotWhole(faults)) }
    }

    fn lay(&mut self, overlay: &Overlay, faults: &mut Vec<Fault>) {
        let id = &overlay.id;
        let table = |name, key: &str, says| Fault::in_table(name, key, says);
        if overlay.over != self.id {
            let (over, own) = (&overlay.over, &self.id);
            let says = format!("{id} is to be laid over {over}, not over {own}: choose that pack");
            faults.push(Fault::of_pack(says));
        }
        for change in &overlay.changes {
            if let Err(fault) = self.change(change) {
                let wanted = change.requirement.as_str();
                faults.push(table("change", wanted, format!("{id}: {fault}")));
            }
        }
        self.requirements.extend(overlay.requirements.iter().cloned());
        self.announcements.extend(overlay.announcements.iter().cloned());
        for (key, source) in &overlay.sources {
            if self
                .sources
                .insert(key.clone(), source.clone())
                .is_some_and(|known| known != *source)
            {
                let says = format!("{id}: the source {key} says something else in the pack");
                faults.push(table("sources", key, format!("{says}: give it another id")));
            }
        }
        // Its own name is no text of the pack: several overlays have one each.
        for (key, text) in overlay.texts.iter().filter(|(key, _)| *key != TITLE) {
            if self.texts.insert(key.clone(), text.clone()).is_some_and(|known| known != *text) {
                let says = format!("{id}: the text {key} stands in the pack already: take it out");
                faults.push(Fault::in_text(key, says));
            }
        }
    }

    fn change(&mut self, change: &Change) -> Result<(), String> {
        let wanted = &change.requirement;
        let Some(known) = self.requirements.iter_mut().find(|known| known.id == *wanted) else {
            return Err(format!(
                "there is no requirement {wanted} to change: name one of the pack"
            ));
        };
        if let Some(demand) = change.demand {
            if demand > known.demand {
                return Err(format!(
                    "the change of {wanted} asks for less than the pack: ask for more, or take it out"
                ));
            }
            known.demand = demand;
            if demand == Demand::Required {
                known.when = None;
            }
        }
        if let Some(tier) = change.tier {
            if known.tier == Tier::Never {
                return Err(format!("{wanted} never leaves the house: take its tier out"));
            }
            known.tier = tier;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::sample::{bare, dossier},
        *,
    };

    const OVERLAY: &str = "format = 1\nid = \"o\"\nversion = \"2026.11\"\n\
        verified-on = \"2026-11-23\"\nover = \"p\"\nkind = \"destination\"\nsuits = [\"India\", \"印度\"]\n";

    fn overlay(more: &str, en: &str, zh: &str) -> Overlay {
        Overlay::read(&format!("{OVERLAY}{more}"), en, zh).unwrap()
    }

    fn faults(overlay: &Overlay) -> String {
        match bare().with(&[overlay]) {
            Err(PackError::NotWhole(faults)) => super::super::listed(&faults),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn it_adds_and_makes_stricter() {
        let more =
            "[[change]]\nrequirement = \"a\"\ndemand = \"required\"\n[sources]\nnew = \"New\"\n";
        let laid = bare().with(&[&overlay(more, "[x]\ny = \"Y\"", "[x]\ny = \"乙\"")]).unwrap();
        assert_eq!(laid.requirements[0].demand, Demand::Required);
        assert_eq!(laid.say("x.y").zh, "乙");
        assert_eq!(laid.sources["new"], "New");
    }

    #[test]
    fn it_never_takes_away() {
        let weaker = "[[change]]\nrequirement = \"a\"\ndemand = \"recommended\"\n";
        assert!(faults(&overlay(weaker, "", "")).contains("asks for less than the pack"));
        let other = "[[change]]\nrequirement = \"z\"\n";
        assert!(faults(&overlay(other, "", "")).contains("there is no requirement z"));
        let words = faults(&overlay(
            "",
            "[requirement.a]\ntitle = \"Other\"",
            "[requirement.a]\ntitle = \"异\"",
        ));
        assert!(
            words.contains("the text requirement.a.title stands in the pack already"),
            "{words}"
        );
    }

    #[test]
    fn over_another_pack_it_is_refused() {
        let other = OVERLAY.replace("over = \"p\"", "over = \"q\"");
        let other = Overlay::read(&other, "", "").unwrap();
        assert!(faults(&other).contains("o is to be laid over q, not over p"));
    }

    #[test]
    fn what_it_asks_must_be_whole_as_in_a_pack() {
        let point = "[[requirement]]\nid = \"b\"\nsection = \"A\"\nwho = [\"importer\"]\n\
            basis = { kind = \"practice\", mark = \"2+\", sources = [\"nowhere\"] }\n\
            demand = \"required\"\ntier = \"0\"\nforms = [\"form\"]\nrisk = \"none\"\n";
        let faults = faults(&overlay(point, "", ""));
        assert!(faults.contains("requirement b cites nowhere, which is not listed"), "{faults}");
        assert!(faults.contains("text requirement.b.title is missing"), "{faults}");
    }

    #[test]
    fn it_suits_the_end_user_of_its_country() {
        let overlay = overlay("", "", "");
        let mut dossier = dossier();
        assert!(!overlay.suits(&dossier));
        dossier.parties.push(crate::dossier::Party {
            id: crate::id::PartyId::new("e").unwrap(),
            roles: vec![Role::EndUser],
            alias: Bilingual::default(),
            profile: crate::dossier::Profile {
                country: Bilingual { en: " INDIA".to_owned(), zh: String::new() },
                ..Default::default()
            },
        });
        assert!(overlay.suits(&dossier));
    }
}
