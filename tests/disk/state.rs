//! Which of all possible disks is looked at, and how is it put down in a folder?

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use super::{Disk, file::File, tree, tree::Names};
use crate::{chance::Chance, folder::sha256};

/// How much of what was not synchronised is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Luck {
    /// Nothing of it.
    None,
    /// All names, all bytes, but the last write of every file is torn.
    Torn,
    /// Names up to some moment, and some bytes.
    InOrder,
    /// Some names and some bytes, in no order.
    Any,
}

impl Luck {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::None, Self::Torn, Self::InOrder, Self::Any];
}

/// A disk after the power was cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Folders have no bytes.
    entries: BTreeMap<PathBuf, Option<Vec<u8>>>,
}

impl Disk {
    /// What the disk holds when the power is cut now.
    #[must_use]
    pub fn cut(&self, luck: Luck, chance: &mut Chance) -> State {
        let mut names = self.tree.safe_names();
        let since = self.tree.since();
        let moment = chance.below(since.len() + 1);
        for (number, naming) in since.iter().enumerate() {
            let is_there = match luck {
                Luck::None => false,
                Luck::Torn => true,
                Luck::InOrder => number < moment,
                Luck::Any => chance.percent(60),
            };
            if is_there {
                naming.apply(&mut names);
            }
        }
        let mut entries = BTreeMap::new();
        let mut bytes = |file: &File| match luck {
            _ if file.is_safe() => file.least(),
            Luck::None => file.least(),
            Luck::Torn => file.torn_at_the_end(chance),
            Luck::InOrder | Luck::Any => file.some(chance),
        };
        self.collect(&names, tree::ROOT, Path::new(""), &mut bytes, &mut entries);
        State { entries }
    }

    fn collect(
        &self,
        names: &[Names],
        folder: usize,
        at: &Path,
        bytes: &mut dyn FnMut(&File) -> Vec<u8>,
        entries: &mut BTreeMap<PathBuf, Option<Vec<u8>>>,
    ) {
        for (name, node) in &names[folder] {
            let path = at.join(name);
            if let Some(file) = self.tree.look(*node) {
                entries.insert(path, Some(bytes(file)));
            } else {
                entries.insert(path.clone(), None);
                self.collect(names, *node, &path, bytes, entries);
            }
        }
    }
}

impl State {
    /// A word that is the same for the same state only.
    #[must_use]
    pub fn mark(&self) -> String {
        let mut all = Vec::new();
        for (path, bytes) in &self.entries {
            all.extend_from_slice(path.as_os_str().as_encoded_bytes());
            all.push(0);
            let sum = bytes.as_ref().map_or_else(|| "folder".to_owned(), |bytes| sha256(bytes));
            all.extend_from_slice(sum.as_bytes());
        }
        sha256(&all)
    }

    /// The bytes of a file; `None` when it is not there.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.entries.get(Path::new(path))?.as_deref()
    }

    /// True when a file or folder is there.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.entries.contains_key(Path::new(path))
    }

    /// Puts it down in a folder that is made anew.
    ///
    /// # Panics
    ///
    /// When the real disk refuses.
    pub fn put_down(&self, folder: &Path) {
        if folder.exists() {
            fs::remove_dir_all(folder).unwrap();
        }
        fs::create_dir_all(folder).unwrap();
        for (path, bytes) in &self.entries {
            let at = folder.join(path);
            match bytes {
                Some(bytes) => fs::write(at, bytes).unwrap(),
                None => fs::create_dir(at).unwrap(),
            }
        }
    }
}
