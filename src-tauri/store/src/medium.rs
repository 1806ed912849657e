//! Does a folder lie on a share of the network, where a lock does not keep a second computer out?
//!
//! SQLite's log and the lock of a vault rely on the system that writes being the only one that does.
//! Deliberately absent: judging what a cloud program copies (that folder lies on this computer), and
//! file systems that run in user space on a local medium.

use std::path::{Path, PathBuf};

/// Kinds of file systems behind which another computer stands.
#[cfg(any(target_os = "linux", test))]
const SHARES: [&str; 29] = [
    "9p",
    "afs",
    "ceph",
    "cifs",
    "coda",
    "davfs",
    "fuse.afpfs",
    "fuse.ceph",
    "fuse.cephfs",
    "fuse.curlftpfs",
    "fuse.davfs",
    "fuse.glusterfs",
    "fuse.gvfsd-fuse",
    "fuse.kio-fuse",
    "fuse.nfs",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.smbnetfs",
    "fuse.sshfs",
    "gfs",
    "gfs2",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "ocfs2",
    "smb3",
    "smbfs",
    "virtiofs",
];

/// The kind of network share that `folder` lies on, or would lie on; `None` when it is a medium of this
/// computer, or when the system does not tell.
pub(crate) fn network_share(folder: &Path) -> Option<String> {
    kind_of(&nearest(folder)?)
}

/// True when a medium is mounted on this folder, which is named without links.
pub(crate) fn is_mount_point(real: &Path) -> bool {
    #[cfg(target_os = "linux")]
    if let Ok(mounts) = std::fs::read("/proc/self/mountinfo") {
        let mounts = String::from_utf8_lossy(&mounts).into_owned();
        return points(&mounts).any(|(point, _)| point == real);
    }
    #[cfg(unix)]
    if let (Ok(here), Some(Ok(above))) = (real.metadata(), real.parent().map(Path::metadata)) {
        use std::os::unix::fs::MetadataExt;
        return here.dev() != above.dev();
    }
    real.parent().is_none()
}

/// The nearest folder that is there, without links.
fn nearest(folder: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(folder).ok()?;
    absolute.ancestors().find_map(|path| path.canonicalize().ok())
}

#[cfg(target_os = "linux")]
fn kind_of(real: &Path) -> Option<String> {
    let mounts = std::fs::read("/proc/self/mountinfo").ok()?;
    share_in(&String::from_utf8_lossy(&mounts), real)
}

/// Reads `proc_pid_mountinfo(5)`: the last and longest mount point above `real` holds it.
#[cfg(any(target_os = "linux", test))]
fn share_in(mounts: &str, real: &Path) -> Option<String> {
    let above = points(mounts).filter(|(point, _)| real.starts_with(point));
    let (_, kind) = above.max_by_key(|(point, _)| point.components().count())?;
    SHARES.contains(&kind).then(|| kind.to_owned())
}

/// Every mount point with its kind of file system.
#[cfg(any(target_os = "linux", test))]
fn points(mounts: &str) -> impl Iterator<Item = (PathBuf, &str)> {
    mounts.lines().filter_map(|line| {
        let (before, after) = line.split_once(" - ")?;
        let point = PathBuf::from(unescaped(before.split(' ').nth(4)?));
        Some((point, after.split(' ').next()?))
    })
}

/// Spaces and the like stand there as `\040`.
#[cfg(any(target_os = "linux", test))]
fn unescaped(point: &str) -> String {
    let mut parts = point.split('\\');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let number = part.get(..3).and_then(|digits| u8::from_str_radix(digits, 8).ok());
        match number {
            Some(byte) if byte.is_ascii() => {
                text.push(char::from(byte));
                text.push_str(&part[3..]);
            }
            _ => {
                text.push('\\');
                text.push_str(part);
            }
        }
    }
    text
}

#[cfg(windows)]
fn kind_of(real: &Path) -> Option<String> {
    use std::path::{Component, Prefix};
    // A drive letter that stands for a share has the share's own name once links are followed.
    match real.components().next() {
        Some(Component::Prefix(prefix)) => match prefix.kind() {
            Prefix::UNC(..) | Prefix::VerbatimUNC(..) => Some("smb".to_owned()),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(target_os = "macos")]
fn kind_of(real: &Path) -> Option<String> {
    /// `MNT_LOCAL` of `mount(2)`.
    const LOCAL: u32 = 0x1000;
    let about = rustix::fs::statfs(real).ok()?;
    (about.f_flags & LOCAL == 0).then(|| {
        let letters = about.f_fstypename.iter().take_while(|letter| **letter != 0);
        letters.map(|letter| char::from(letter.to_ne_bytes()[0])).collect()
    })
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn kind_of(_real: &Path) -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:25 / /mnt rw - nfs4 server:/export rw,vers=4.2
31 30 7:0 / /mnt/stick rw - ext4 /dev/loop0 rw
32 22 0:30 / /media/our\\040files rw - fuse.sshfs me@server: rw
33 22 0:31 / /home rw - cifs //server/home rw
34 22 254:0 /home /home rw - ext4 /dev/vda rw
";

    fn share(path: &str) -> Option<String> {
        share_in(MOUNTS, Path::new(path))
    }

    #[test]
    fn the_deepest_mount_decides_and_of_two_in_one_place_the_last() {
        assert_eq!(share("/mnt/a/b").as_deref(), Some("nfs4"));
        assert_eq!(share("/mnt/stick/a"), None);
        assert_eq!(share("/media/our files/a").as_deref(), Some("fuse.sshfs"));
        assert_eq!(share("/media/our"), None);
        assert_eq!(share("/mntx"), None);
        assert_eq!(share("/home/a"), None);
        assert_eq!(share_in("nonsense\n - \n\n", Path::new("/a")), None);
    }

    #[test]
    fn a_place_that_is_not_there_yet_is_judged_by_what_is_above_it() {
        let place = tempfile::tempdir().unwrap();
        let real = place.path().canonicalize().unwrap();
        assert_eq!(nearest(&place.path().join("a/b.lanthan")), Some(real));
    }
}
