//! What may a disk hold after the power was cut?
//!
//! The model is as hard as POSIX allows: bytes are safe once their file was synchronised, a name once
//! its folder was. Everything else is there, missing, or half there, in any order; a write may be torn
//! between any two sectors. Deliberately absent: disks that lie about having written, and the order
//! that real file systems keep beyond that.

mod calls;
mod file;
mod state;
mod tree;

use std::{collections::HashMap, fs, path::Path};

use self::{file::Change, tree::Tree};
use crate::strace::Call;

pub use self::{
    calls::TRACED,
    state::{Luck, State},
};

/// Which promises of the disk are believed. Everything but [`Promises::Kept`] is there to show that
/// the tests would notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promises {
    /// What was synchronised is safe.
    Kept,
    /// Synchronising a file does nothing.
    FilesBroken,
    /// Synchronising a folder does nothing.
    FoldersBroken,
}

/// A disk as a program sees it, with what of it is safe.
#[derive(Debug)]
pub struct Disk {
    tree: Tree,
    promises: Promises,
    /// What the open files are, and where the next byte goes.
    open: HashMap<i64, Open>,
    /// Lines that the program said.
    said: Vec<String>,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    node: usize,
    at: u64,
    appends: bool,
}

impl Disk {
    /// A disk on which everything below `folder` is safe, and which the program knows by the path
    /// `root`.
    ///
    /// # Panics
    ///
    /// When the folder cannot be read.
    #[must_use]
    pub fn holding(folder: &Path, root: &Path, promises: Promises) -> Self {
        let mut tree = Tree::new(root);
        fill(&mut tree, tree::ROOT, folder);
        Self { tree, promises, open: HashMap::new(), said: Vec::new() }
    }

    /// What the program said so far.
    #[must_use]
    pub fn said(&self) -> &[String] {
        &self.said
    }

    /// Lets the program make a call; answers whether that changed anything that a state may show.
    ///
    /// # Panics
    ///
    /// When the call is one that the model does not know.
    pub fn call(&mut self, call: &Call) -> bool {
        if call.answer < 0 {
            return false;
        }
        calls::apply(self, call)
    }

    fn write(&mut self, fd: i64, at: Option<u64>, bytes: Vec<u8>) -> bool {
        let Some(open) = self.open.get_mut(&fd) else { return false };
        let file = self.tree.file(open.node);
        let end = if open.appends { file.len() } else { open.at };
        let at = at.unwrap_or_else(|| {
            open.at = end + bytes.len() as u64;
            end
        });
        file.change(Change::Write { at, bytes });
        true
    }

    fn sync(&mut self, fd: i64) -> bool {
        let Some(open) = self.open.get(&fd) else { return false };
        let is_folder = self.tree.is_folder(open.node);
        match self.promises {
            Promises::FilesBroken if !is_folder => return false,
            Promises::FoldersBroken if is_folder => return false,
            _ => {}
        }
        self.tree.sync(open.node);
        true
    }
}

fn fill(tree: &mut Tree, at: usize, folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().expect("names are UTF-8");
        if entry.file_type().unwrap().is_dir() {
            let node = tree.safe_folder(at, name);
            fill(tree, node, &entry.path());
        } else {
            tree.safe_file(at, name, fs::read(entry.path()).unwrap());
        }
    }
}
