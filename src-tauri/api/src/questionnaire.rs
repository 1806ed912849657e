//! How do the lines that a supplier sent become points of a dossier?
//!
//! They are looked at first, each beside the point of the rules that it is nearest to; a person settles
//! the links, says who asked and when, and only then they are taken, all or none. Deliberately absent:
//! any answer to them; that is given as to every other point.

use std::{collections::BTreeSet, path::Path};

use jiff::civil::Date;
use lanthan_core::{
    dossier::{Dossier, Role},
    id::{DossierId, RequirementId},
    pack::Pack,
    questionnaire::{
        Asked, AskedWords, Fault, FaultKind, Line, MAX_LINE_CHARS, MAX_LINES, Nearest, Points,
        column_name, of_table, of_text,
    },
    text::Bilingual,
};
use lanthan_media::list::{self, Content, List, MAX_LIST_BYTES};
use lanthan_store::outside;

pub use lanthan_media::list::Encoding;

use crate::{Error, Result, Workspace, reader, texts::Texts};

/// Where a list comes from.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// Pasted or typed text.
    Text(&'a str),
    /// A file: text, CSV or XLSX.
    File(&'a Path, Option<Encoding>),
}

/// A list that was looked at and not taken yet.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Who probably asked: the dossier's supplier.
    pub by: String,
    /// Its lines.
    pub lines: Vec<PreviewLine>,
    /// How its bytes were read; `None` for pasted text and workbooks.
    pub encoding: Option<Encoding>,
    /// The sheet that was read.
    pub sheet: Option<String>,
    /// Sheets that hold something and were not read.
    pub unread_sheets: Vec<String>,
}

/// A line of such a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewLine {
    /// Where it stands in the list, from 1.
    pub row: u32,
    /// Its words.
    pub text: String,
    /// The point of the pack that it is nearest to.
    pub nearest: Option<Nearest>,
    /// True when the dossier has these words already.
    pub is_known: bool,
}

impl Workspace {
    /// Looks at a list. Nothing is changed.
    ///
    /// # Errors
    ///
    /// [`Error::List`] naming every line that cannot be taken, [`Error::RefusedFile`] when the file holds
    /// no list or is damaged, [`Error::NoSuchDossier`].
    pub fn look_at_questionnaire(&self, id: &DossierId, source: Source<'_>) -> Result<Preview> {
        let (dossier, _) = self.dossier(id)?;
        let List { content, encoding, sheet, unread_sheets } = read(source)?;
        let lines = match &content {
            Content::Text(text) => of_text(text),
            Content::Rows(rows) => of_table(rows),
        };
        let lines = room(&dossier, lines.map_err(Error::List)?)?;
        let points = Points::of(&self.held(&dossier.pack)?.pack);
        let lines = lines.into_iter().map(|Line { row, text }| PreviewLine {
            row,
            nearest: points.nearest(&text),
            is_known: dossier.asks_already(&text),
            text,
        });
        let by = dossier.party_with(Role::Supplier).map(|party| {
            let profile = &party.profile;
            let names = [&profile.name, &profile.name_zh, &profile.name_local];
            names.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default()
        });
        let (by, lines) = (by.unwrap_or_default(), lines.collect());
        Ok(Preview { by, lines, encoding, sheet, unread_sheets })
    }

    /// Takes lines into a dossier as points of its own; answers their ids. Undo takes them back.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`] when nobody asked or nothing, [`Error::TooLong`], [`Error::List`],
    /// [`Error::NoSuchRequirement`] when a link leads to none; nothing is taken then.
    pub fn take_questionnaire(
        &mut self,
        id: &DossierId,
        by: &str,
        asked_on: Date,
        lines: &[(String, Option<RequirementId>)],
        day: Date,
    ) -> Result<Vec<RequirementId>> {
        let (dossier, _) = self.dossier(id)?;
        let by = by.trim();
        if by.is_empty() {
            return Err(Error::Empty("name of who asked"));
        }
        let found = by.chars().count();
        if found > MAX_LINE_CHARS {
            return Err(Error::TooLong { what: "name of who asked", found, most: MAX_LINE_CHARS });
        }
        let pack = &self.held(&dossier.pack)?.pack;
        let mut taken = Vec::new();
        let mut faults = Vec::new();
        for ((text, like), row) in lines.iter().zip(1_u32..) {
            if let Some(like) = like {
                knows(pack, like)?;
            }
            // What comes from the window is held to the same rules as what comes from a file.
            match of_text(&text.replace(['\r', '\n'], " ")) {
                Ok(_) => taken.push((text.trim().to_owned(), like.clone())),
                Err(found) => faults.extend(found.into_iter().map(|fault| Fault { row, ..fault })),
            }
        }
        if !faults.is_empty() {
            return Err(Error::List(faults));
        }
        if taken.is_empty() {
            return Err(Error::Empty("list"));
        }
        let count = taken.iter().zip(1_u32..).map(|(_, row)| Line { row, text: String::new() });
        room(&dossier, count.collect())?;
        self.change(id, day, |dossier| Ok(dossier.take_asked(by, asked_on, taken)))
    }

    /// Links an asked point to another point of the pack, or to none.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchRequirement`].
    pub fn link_asked(
        &mut self,
        id: &DossierId,
        asked: &RequirementId,
        like: Option<RequirementId>,
        day: Date,
    ) -> Result<()> {
        let (dossier, _) = self.dossier(id)?;
        if let Some(like) = &like {
            knows(&self.held(&dossier.pack)?.pack, like)?;
        }
        self.change(id, day, |dossier| {
            let found = dossier.asked.iter_mut().find(|known| known.id == *asked);
            let found = found.ok_or_else(|| Error::NoSuchRequirement(asked.to_string()))?;
            found.like = like;
            Ok(())
        })
    }

    /// Takes asked points out of a dossier, with what was answered to them. Undo brings them back.
    ///
    /// # Errors
    ///
    /// [`Error::NoSuchRequirement`] when one of them is none; nothing is changed then.
    pub fn drop_asked(&mut self, id: &DossierId, asked: &[RequirementId], day: Date) -> Result<()> {
        let ids: BTreeSet<RequirementId> = asked.iter().cloned().collect();
        self.change(id, day, |dossier| {
            if let Some(none) = ids.iter().find(|id| dossier.asked_point(id).is_none()) {
                return Err(Error::NoSuchRequirement(none.to_string()));
            }
            dossier.drop_asked(&ids);
            Ok(())
        })
    }
}

fn read(source: Source<'_>) -> Result<List> {
    match source {
        Source::Text(text) => Ok(list::pasted(text)?),
        Source::File(path, encoding) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let untrusted = outside::read(path, MAX_LIST_BYTES)?;
            let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
            let is_table = matches!(&*ending, "csv" | "tsv" | "tab");
            reader::list(&untrusted, is_table, encoding).map_err(|error| error.in_file(&name))
        }
    }
}

/// The lines, when the dossier has room for them beside those that it has.
fn room(dossier: &Dossier, lines: Vec<Line>) -> Result<Vec<Line>> {
    let most = MAX_LINES.saturating_sub(dossier.asked.len());
    match lines.get(most) {
        Some(over) => Err(Error::List(vec![Fault::of_row(over.row, FaultKind::TooMany { most })])),
        None => Ok(lines),
    }
}

fn knows(pack: &Pack, like: &RequirementId) -> Result<()> {
    match pack.requirement(like).filter(|known| known.replaced_by.is_none()) {
        Some(_) => Ok(()),
        None => Err(Error::NoSuchRequirement(like.to_string())),
    }
}

/// What is wrong with a line of a list, in a sentence.
#[must_use]
pub fn say_fault(texts: &Texts, fault: &Fault) -> String {
    let (found, most) = fault.kind.numbers();
    let place = match (fault.row, fault.column) {
        (0, _) => "row-whole",
        (_, None) => "row-line",
        (_, Some(_)) => "row-cell",
    };
    let column = fault.column.map(column_name).unwrap_or_default();
    let place = texts.say(place, &[("row", &fault.row.to_string()), ("column", &column)]);
    let numbers = [("found", found.to_string()), ("most", most.to_string())];
    let numbers = numbers.each_ref().map(|(name, number)| (*name, number.as_str()));
    let what = texts.say(&format!("row-fault-{}", fault.kind.word()), &numbers);
    format!("{place}: {what}")
}

/// The sentences about asked points.
pub(crate) fn words() -> AskedWords {
    let texts = Texts::english();
    // Only titles are ever printed in both languages; these are read in the house.
    let say = |key: &str| Bilingual::same(texts.say(key, &[("by", "{by}"), ("day", "{day}")]));
    AskedWords {
        section: say("asked-section"),
        basis: say("asked-basis"),
        least: say("asked-least"),
        gives_away: say("asked-gives-away"),
    }
}

/// What tells two lists apart, for whoever remembers what was made of them.
pub(crate) fn mark(asked: &[Asked]) -> String {
    serde_json::to_string(asked).unwrap_or_default()
}
