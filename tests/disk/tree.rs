//! Which names may lead to which files when some folders were not synchronised?

use std::{
    collections::BTreeMap,
    path::{Component, Path, PathBuf},
};

use super::file::File;

/// The folder that the disk begins with.
pub(super) const ROOT: usize = 0;

/// Names in a folder.
pub(super) type Names = BTreeMap<String, usize>;

/// A file or a folder; its number stays the same under whatever name.
#[derive(Debug, Clone)]
enum Node {
    File(File),
    Folder { now: Names, safe: Names },
}

/// A change of names that may not be on the disk yet.
#[derive(Debug, Clone)]
pub(super) struct Naming {
    /// The name that goes, with its folder.
    gone: Option<(usize, String)>,
    /// The name that comes, with its folder.
    come: Option<(usize, String)>,
    node: usize,
}

impl Naming {
    /// The folder that has to be synchronised for it.
    fn folder(&self) -> usize {
        self.come.as_ref().or(self.gone.as_ref()).map_or(ROOT, |(folder, _)| *folder)
    }

    /// Changes the names of each folder.
    pub(super) fn apply(&self, names: &mut [Names]) {
        if let Some((folder, name)) = &self.gone
            && names[*folder].get(name) == Some(&self.node)
        {
            names[*folder].remove(name);
        }
        if let Some((folder, name)) = &self.come {
            names[*folder].insert(name.clone(), self.node);
        }
    }
}

/// All files and folders.
#[derive(Debug)]
pub(super) struct Tree {
    root: PathBuf,
    nodes: Vec<Node>,
    since: Vec<Naming>,
}

impl Tree {
    pub(super) fn new(root: &Path) -> Self {
        let folder = Node::Folder { now: Names::new(), safe: Names::new() };
        Self { root: root.to_owned(), nodes: vec![folder], since: Vec::new() }
    }

    pub(super) fn safe_folder(&mut self, at: usize, name: String) -> usize {
        self.safe(at, name, Node::Folder { now: Names::new(), safe: Names::new() })
    }

    pub(super) fn safe_file(&mut self, at: usize, name: String, bytes: Vec<u8>) {
        let _ = self.safe(at, name, Node::File(File::safe(bytes)));
    }

    fn safe(&mut self, at: usize, name: String, node: Node) -> usize {
        self.nodes.push(node);
        let number = self.nodes.len() - 1;
        let Node::Folder { now, safe } = &mut self.nodes[at] else { panic!("{name} in a file") };
        now.insert(name.clone(), number);
        safe.insert(name, number);
        number
    }

    pub(super) fn file(&mut self, node: usize) -> &mut File {
        match &mut self.nodes[node] {
            Node::File(file) => file,
            Node::Folder { .. } => panic!("a folder is written to"),
        }
    }

    /// A file, to look at; `None` for a folder.
    pub(super) fn look(&self, node: usize) -> Option<&File> {
        match &self.nodes[node] {
            Node::File(file) => Some(file),
            Node::Folder { .. } => None,
        }
    }

    pub(super) fn is_folder(&self, node: usize) -> bool {
        matches!(self.nodes[node], Node::Folder { .. })
    }

    /// The safe names of every node; none for files.
    pub(super) fn safe_names(&self) -> Vec<Names> {
        let names = |node: &Node| match node {
            Node::File(_) => Names::new(),
            Node::Folder { safe, .. } => safe.clone(),
        };
        self.nodes.iter().map(names).collect()
    }

    /// What was changed since, in order.
    pub(super) fn since(&self) -> &[Naming] {
        &self.since
    }

    /// The folder and the name of a path on this disk, from a folder where it is relative; `None`
    /// for one elsewhere.
    pub(super) fn resolve(&self, from: Option<usize>, path: &Path) -> Option<(usize, String)> {
        let (mut at, rest) = match (path.strip_prefix(&self.root), from) {
            (Ok(rest), _) => (ROOT, rest),
            (Err(_), Some(from)) if path.is_relative() => (from, path),
            _ => return None,
        };
        let mut parts: Vec<&str> = Vec::new();
        for part in rest.components() {
            match part {
                Component::Normal(name) => parts.push(name.to_str()?),
                Component::CurDir => {}
                _ => panic!("a path that leads out: {}", path.display()),
            }
        }
        let Some((name, folders)) = parts.split_last() else { return Some((at, String::new())) };
        for folder in folders {
            at = self.child(at, folder)?;
        }
        Some((at, (*name).to_owned()))
    }

    /// What a name in a folder leads to; the folder itself for the empty one.
    pub(super) fn child(&self, folder: usize, name: &str) -> Option<usize> {
        match &self.nodes[folder] {
            _ if name.is_empty() => Some(folder),
            Node::Folder { now, .. } => now.get(name).copied(),
            Node::File(_) => None,
        }
    }

    pub(super) fn make_file(&mut self, at: usize, name: &str) -> usize {
        self.make(at, name, Node::File(File::default()))
    }

    pub(super) fn make_folder(&mut self, at: usize, name: &str) {
        let _ = self.make(at, name, Node::Folder { now: Names::new(), safe: Names::new() });
    }

    fn make(&mut self, at: usize, name: &str, node: Node) -> usize {
        self.nodes.push(node);
        let node = self.nodes.len() - 1;
        self.name(Naming { gone: None, come: Some((at, name.to_owned())), node });
        node
    }

    pub(super) fn remove(&mut self, at: usize, name: &str) {
        let node = self.child(at, name).unwrap_or_else(|| panic!("{name} is not there"));
        self.name(Naming { gone: Some((at, name.to_owned())), come: None, node });
    }

    pub(super) fn rename(&mut self, from: (usize, String), to: (usize, String)) {
        let node = self.child(from.0, &from.1).unwrap_or_else(|| panic!("{from:?} is not there"));
        self.name(Naming { gone: Some(from), come: Some(to), node });
    }

    fn name(&mut self, naming: Naming) {
        let mut names: Vec<Names> = Vec::with_capacity(self.nodes.len());
        for node in &mut self.nodes {
            names.push(match node {
                Node::Folder { now, .. } => std::mem::take(now),
                Node::File(_) => Names::new(),
            });
        }
        naming.apply(&mut names);
        for (node, names) in self.nodes.iter_mut().zip(names) {
            if let Node::Folder { now, .. } = node {
                *now = names;
            }
        }
        self.since.push(naming);
    }

    /// Makes the bytes of a file, or the names in a folder, safe.
    pub(super) fn sync(&mut self, node: usize) {
        if let Node::File(file) = &mut self.nodes[node] {
            file.sync();
            return;
        }
        let (done, left) = std::mem::take(&mut self.since)
            .into_iter()
            .partition::<Vec<_>, _>(|naming| naming.folder() == node);
        self.since = left;
        let mut names = self.safe_names();
        for naming in &done {
            naming.apply(&mut names);
        }
        for (node, names) in self.nodes.iter_mut().zip(names) {
            if let Node::Folder { safe, .. } = node {
                *safe = names;
            }
        }
    }
}
