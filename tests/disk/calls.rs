//! What does each call of the system change on the disk?

use super::{Disk, Open, file::Change};
use crate::strace::Call;

/// The calls that the model wants to see: those that it knows, and those that would change a disk in
/// a way that it does not know, so that nobody overlooks them.
pub const TRACED: &[&str] = &[
    "openat",
    "close",
    "read",
    "lseek",
    "write",
    "writev",
    "pwrite64",
    "ftruncate",
    "fsync",
    "fdatasync",
    "rename",
    "mkdir",
    "unlink",
    "rmdir",
    "unlinkat",
    "copy_file_range",
    "sendfile",
    // Known to be unknown.
    "open",
    "creat",
    "dup2",
    "dup3",
    "pwritev",
    "pwritev2",
    "splice",
    "truncate",
    "fallocate",
    "sync_file_range",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "mkdirat",
];

pub(super) fn apply(disk: &mut Disk, call: &Call) -> bool {
    match call.name.as_str() {
        "openat" => open(disk, call),
        "close" => {
            disk.open.remove(&call.number(0));
            false
        }
        "read" => {
            if let Some(open) = disk.open.get_mut(&call.number(0)) {
                open.at += call.answer.unsigned_abs();
            }
            false
        }
        "lseek" => {
            if let Some(open) = disk.open.get_mut(&call.number(0)) {
                open.at = call.answer.unsigned_abs();
            }
            false
        }
        "write" | "writev" | "pwrite64" => write(disk, call),
        "ftruncate" => match disk.open.get(&call.number(0)) {
            Some(open) => {
                let length = call.number(1).unsigned_abs();
                disk.tree.file(open.node).change(Change::Length(length));
                true
            }
            None => false,
        },
        "fsync" | "fdatasync" => disk.sync(call.number(0)),
        "copy_file_range" => copy(disk, call, (0, 2), [1, 3]),
        "sendfile" => copy(disk, call, (1, 0), [2, 2]),
        "rename" | "mkdir" | "unlink" | "rmdir" | "unlinkat" => name(disk, call),
        unknown => {
            let ours = |at: usize| {
                let text = call.args.get(at);
                text.and_then(|text| text.parse().ok())
                    .is_some_and(|fd: i64| disk.open.contains_key(&fd))
                    || text.is_some_and(|text| text.starts_with('"'))
                        && disk.tree.resolve(None, &call.path(at)).is_some()
            };
            assert!(!(0..4).any(ours), "the model does not know {unknown}: {:?}", call.args);
            false
        }
    }
}

fn open(disk: &mut Disk, call: &Call) -> bool {
    let from = disk.open.get(&call.number(0)).map(|open| open.node);
    let Some((folder, name)) = disk.tree.resolve(from, &call.path(1)) else { return false };
    let known = disk.tree.child(folder, &name);
    let node = known.unwrap_or_else(|| disk.tree.make_file(folder, &name));
    let is_cut = call.has(2, "O_TRUNC") && !disk.tree.is_folder(node);
    if is_cut {
        disk.tree.file(node).change(Change::Length(0));
    }
    let appends = call.has(2, "O_APPEND");
    disk.open.insert(call.answer, Open { node, at: 0, appends });
    known.is_none() || is_cut
}

fn write(disk: &mut Disk, call: &Call) -> bool {
    let fd = call.number(0);
    if !disk.open.contains_key(&fd) {
        // By this call, and on nothing that lies on the disk, the program speaks.
        if call.name == "writev" && fd == 1 {
            let line = String::from_utf8_lossy(&call.bytes(1)).trim_end().to_owned();
            disk.said.push(line);
            return true;
        }
        return false;
    }
    let mut bytes = call.bytes(1);
    bytes.truncate(usize::try_from(call.answer).unwrap_or(0));
    let at = (call.name == "pwrite64").then(|| call.number(3).unsigned_abs());
    disk.write(fd, at, bytes)
}

/// Copies from one open file to another, each at its own place.
fn copy(disk: &mut Disk, call: &Call, (from, to): (usize, usize), places: [usize; 2]) -> bool {
    let to = call.number(to);
    if !disk.open.contains_key(&to) {
        return false;
    }
    assert!(places.iter().all(|at| call.args[*at] == "NULL"), "a copy with places: {call:?}");
    let from = disk.open.get_mut(&call.number(from)).expect("copied from somewhere on the disk");
    let at = usize::try_from(from.at).expect("test files fit into memory");
    let (node, count) = (from.node, call.answer.unsigned_abs());
    from.at += count;
    let mut bytes = disk.tree.file(node).now().split_off(at);
    bytes.truncate(usize::try_from(count).unwrap_or(0));
    disk.write(to, None, bytes)
}

fn name(disk: &mut Disk, call: &Call) -> bool {
    let place = |at: usize| disk.tree.resolve(None, &call.path(at));
    match call.name.as_str() {
        "rename" => match (place(0), place(1)) {
            (Some(from), Some(to)) => disk.tree.rename(from, to),
            (None, None) => return false,
            _ => panic!("renamed from one disk to another: {call:?}"),
        },
        "mkdir" => match place(0) {
            Some((at, name)) => disk.tree.make_folder(at, &name),
            None => return false,
        },
        "unlinkat" => {
            let from = disk.open.get(&call.number(0)).map(|open| open.node);
            match disk.tree.resolve(from, &call.path(1)) {
                Some((at, name)) => disk.tree.remove(at, &name),
                None => return false,
            }
        }
        _ => match place(0) {
            Some((at, name)) => disk.tree.remove(at, &name),
            None => return false,
        },
    }
    true
}
