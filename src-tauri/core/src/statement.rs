//! What does a statement say, word for word, in both languages?
//!
//! The pack gives the parts, the dossier the values. A paragraph with a blank that nobody has filled
//! in is left out rather than printed with a hole. Deliberately absent: layout.

use jiff::civil::Date;

use crate::{
    content::{Block, PlannedExhibit, Row, Statement},
    dossier::{Dossier, Role},
    field,
    pack::{BlockRule, Pack, StatementRule, field_label},
    record::FieldKind,
    text::{Bilingual, Language},
};

/// What a statement is set from.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// Its pack.
    pub pack: &'a Pack,
    /// The day that is printed.
    pub day: Date,
    /// Who receives it.
    pub recipient: &'a Bilingual,
    /// Who hands it over.
    pub sender: &'a Bilingual,
    /// The exhibits that leave with it.
    pub exhibits: &'a [PlannedExhibit],
}

/// The labels of the lines under a signature, as text keys.
pub const SIGNATURE_LINES: [&str; 5] = [
    "signature.signature",
    "signature.name",
    "signature.title",
    "signature.stamp",
    "signature.place-and-date",
];

/// The blanks of a text that are not fields.
pub const PLACEHOLDERS: [&str; 3] = ["recipient", "sender", "day"];

impl Setting<'_> {
    /// Sets one statement. A heading with nothing under it is left out.
    #[must_use]
    pub fn set(&self, rule: &StatementRule) -> Statement {
        Statement {
            id: rule.id.clone(),
            title: self.pack.say(&format!("statement.{}.title", rule.id)),
            issuer: party_name(self.dossier, rule.issuer),
            blocks: headed(rule.blocks.iter().flat_map(|block| self.block(block)).collect()),
        }
    }

    /// Fills the placeholders of a text; `None` when one of them is a field that is still blank.
    #[must_use]
    pub fn fill(&self, text: &Bilingual) -> Option<Bilingual> {
        let blank = std::cell::Cell::new(false);
        let filled = text.fill(|key, language| {
            let value = match key {
                "recipient" => self.recipient.clone(),
                "sender" => self.sender.clone(),
                "day" => Bilingual::same(self.day.to_string()),
                key => self.value(key)?,
            };
            let side = value.side(language);
            let other = value.side(other(language));
            let side = if side.trim().is_empty() { other } else { side };
            blank.set(blank.get() || side.trim().is_empty());
            Some(side.to_owned())
        });
        (!blank.get()).then_some(filled)
    }

    /// What a field says in print; choices in words. `None` when there is no such field.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<Bilingual> {
        let (kind, value) = field::read(self.dossier, key).ok()?;
        let last = key.rsplit('.').next().unwrap_or(key);
        Some(match kind {
            FieldKind::Choice(_) if !value.is_empty() => {
                self.pack.say(&format!("choice.{last}.{}", value.en))
            }
            FieldKind::YesNo if !value.is_empty() => {
                self.pack.say(&format!("choice.yes-no.{}", value.en))
            }
            _ => value,
        })
    }

    fn block(&self, rule: &BlockRule) -> Vec<Block> {
        match rule {
            BlockRule::Heading { text } => vec![Block::Heading { text: self.pack.say(text) }],
            BlockRule::Text { text } => self
                .fill(&self.pack.say(text))
                .map(|text| Block::Text { text })
                .into_iter()
                .collect(),
            BlockRule::Notice { text } => self
                .fill(&self.pack.say(text))
                .map(|text| Block::Notice { text })
                .into_iter()
                .collect(),
            BlockRule::Rows { fields, remarks } => self.rows(fields, *remarks),
            BlockRule::Blanks { labels } => {
                let blank = |key: &String| Row {
                    label: self.pack.say(key),
                    value: Bilingual::default(),
                    remark: self.remark(key),
                };
                vec![Block::Rows { rows: labels.iter().map(blank).collect() }]
            }
            BlockRule::Signature { role } => vec![self.signature(*role)],
            BlockRule::ExhibitIndex => self.index().into_iter().collect(),
        }
    }

    /// One block of rows; where keys stand for items and there are several, one block an item.
    fn rows(&self, fields: &[String], remarks: bool) -> Vec<Block> {
        let starred = fields.iter().any(|key| key.starts_with("item.*."));
        if !starred || self.dossier.items.len() < 2 {
            let keys = fields.iter().flat_map(|key| field::expand(self.dossier, key));
            return self.filled(keys, remarks).into_iter().collect();
        }
        self.dossier
            .items
            .iter()
            .filter_map(|item| {
                let own = format!("item.{}.", item.id);
                self.filled(fields.iter().map(|key| key.replace("item.*.", &own)), remarks)
            })
            .collect()
    }

    fn filled(&self, keys: impl Iterator<Item = String>, remarks: bool) -> Option<Block> {
        let rows: Vec<Row> = keys.filter_map(|key| self.row(&key, remarks)).collect();
        (!rows.is_empty()).then_some(Block::Rows { rows })
    }

    fn row(&self, key: &str, remarks: bool) -> Option<Row> {
        let value = self.value(key).filter(|value| !value.is_empty())?;
        let label = field_label(key);
        Some(Row {
            label: self.pack.label(key),
            value,
            remark: if remarks { self.remark(&label) } else { Bilingual::default() },
        })
    }

    fn remark(&self, label: &str) -> Bilingual {
        self.pack.text(&format!("remark.{label}")).cloned().unwrap_or_default()
    }

    fn signature(&self, role: Role) -> Block {
        let profile = self.dossier.party_with(role).map(|party| &party.profile);
        let value = |key: &str| match (key, profile) {
            ("signature.name", Some(profile)) => Bilingual::same(profile.signatory.clone()),
            ("signature.title", Some(profile)) => profile.signatory_title.clone(),
            _ => Bilingual::default(),
        };
        let rows = SIGNATURE_LINES.map(|key| Row {
            label: self.pack.say(key),
            value: value(key),
            remark: Bilingual::default(),
        });
        Block::Signature { firm: party_name(self.dossier, role), rows: rows.into() }
    }

    fn index(&self) -> Option<Block> {
        let head =
            ["package.number", "package.what", "package.pages"].map(|key| self.pack.say(key));
        let line = |exhibit: &PlannedExhibit| {
            vec![
                Bilingual::same(exhibit.number.to_string()),
                exhibit.title.clone(),
                Bilingual::same(exhibit.pages.len().to_string()),
            ]
        };
        let lines: Vec<_> = self.exhibits.iter().map(line).collect();
        (!lines.is_empty()).then(|| Block::Table { head: head.into(), lines })
    }
}

/// Leaves out every heading that no other block follows.
fn headed(blocks: Vec<Block>) -> Vec<Block> {
    let is_heading = |block: &Block| matches!(block, Block::Heading { .. });
    let mut kept: Vec<Block> = Vec::new();
    for block in blocks {
        if is_heading(&block) && kept.last().is_some_and(is_heading) {
            kept.pop();
        }
        kept.push(block);
    }
    if kept.last().is_some_and(is_heading) {
        kept.pop();
    }
    kept
}

fn other(language: Language) -> Language {
    match language {
        Language::En => Language::Zh,
        Language::Zh => Language::En,
    }
}

/// The printed name of the first party with a role: its Chinese name on the Chinese side when known.
#[must_use]
pub fn party_name(dossier: &Dossier, role: Role) -> Bilingual {
    dossier.party_with(role).map(printed_name).unwrap_or_default()
}

/// Who hands a package over: the importer, or whoever stands nearest to the supplier.
#[must_use]
pub fn sender(dossier: &Dossier) -> Bilingual {
    [Role::Importer, Role::EndUser, Role::Trader]
        .into_iter()
        .find_map(|role| dossier.party_with(role))
        .map(printed_name)
        .unwrap_or_default()
}

/// The printed name of a party.
#[must_use]
pub fn printed_name(party: &crate::dossier::Party) -> Bilingual {
    let profile = &party.profile;
    let zh = if profile.name_zh.is_empty() { &profile.name } else { &profile.name_zh };
    Bilingual::new(profile.name.clone(), zh.clone())
}

/// True when a statement has values to print, or needs none.
#[must_use]
pub fn has_substance(rule: &StatementRule, statement: &Statement) -> bool {
    let wants_rows = rule.blocks.iter().any(|block| matches!(block, BlockRule::Rows { .. }));
    !wants_rows
        || statement.blocks.iter().any(|block| match block {
            Block::Rows { rows } => rows.iter().any(|row| !row.value.is_empty()),
            _ => false,
        })
}

/// The field keys that a statement rule prints, expanded for this dossier.
#[must_use]
pub fn keys(dossier: &Dossier, rule: &StatementRule) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for block in &rule.blocks {
        if let BlockRule::Rows { fields, .. } = block {
            for key in fields.iter().flat_map(|key| field::expand(dossier, key)) {
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_with_nothing_under_it_is_left_out() {
        let heading = |text: &str| Block::Heading { text: Bilingual::same(text) };
        let text = Block::Text { text: Bilingual::same("x") };
        let blocks = vec![heading("a"), heading("b"), text.clone(), heading("c")];
        assert_eq!(headed(blocks), [heading("b"), text]);
        assert_eq!(headed(vec![heading("a")]), []);
    }
}
