//! How are files and folders of a vault made so that a power cut leaves the old or the new ones?
//!
//! Write beside, bring to the disk, rename, bring the folder to the disk. Files are readable by
//! their owner alone. Deliberately absent: any writing in place; only [`crate::object`] does that,
//! when it destroys.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write},
    path::Path,
};

/// Makes one folder that only its owner may enter; its parent must be there.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes a file that only its owner may read; nothing may be there yet.
pub(crate) fn create_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Lets the system begin to bring a file to the disk, so that who waits for it later waits less.
pub(crate) fn begin_sync(file: &File) {
    // What is to be dropped from the system's memory is written first (Linux `posix_fadvise`). A hint: nothing
    // depends on it.
    #[cfg(target_os = "linux")]
    let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed);
    #[cfg(not(target_os = "linux"))]
    let _ = file;
}

/// Writes a new file and brings it to the disk; the folder's entry is the caller's.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = create_file(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Replaces a file by new bytes: afterwards it is the old or the new one, never a mixture.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let beside = path.with_file_name(name);
    remove_if_there(&beside)?;
    let done = write_new(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    if let Err(error) = done {
        // Best effort: an unfinished file is removed at the next opening anyway.
        let _ = fs::remove_file(&beside);
        return Err(error);
    }
    sync_parent(path)
}

/// Removes a file; that it was not there is no fault.
pub(crate) fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Brings every file in a folder and in those below it to the disk; on Linux with one call for the whole
/// file system, which for many small files takes a fraction of one call each.
pub(crate) fn sync_all_in(folder: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    if rustix::fs::syncfs(File::open(folder)?).is_ok() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let (entry, path) = entry.map(|entry| (entry.file_type(), entry.path()))?;
        if entry?.is_dir() {
            sync_all_in(&path)?;
        } else {
            // Written to: some systems bring only what may be written.
            OpenOptions::new().append(true).open(path)?.sync_all()?;
        }
    }
    Ok(())
}

/// Brings the entries of a folder to the disk, where the file system lets it be asked.
#[cfg(not(windows))]
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    match File::open(path)?.sync_all() {
        // Some network disks know no such call on folders (POSIX `fsync`: EINVAL).
        Err(error)
            if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) =>
        {
            Ok(())
        }
        done => done,
    }
}

/// Brings the entries of a folder to the disk, where the file system lets it be asked.
#[cfg(windows)]
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    use std::os::windows::fs::OpenOptionsExt;
    const FILE_FLAG_BACKUP_SEMANTICS: u32 = 0x0200_0000;
    let folder = OpenOptions::new()
        .read(true)
        .write(true)
        .custom_flags(FILE_FLAG_BACKUP_SEMANTICS)
        .open(path);
    // NTFS journals its entries by itself; a refusal to be asked is no loss of what was written.
    if let Ok(folder) = folder {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Brings the entry of a file or folder to the disk.
pub(crate) fn sync_parent(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => sync_folder(parent),
        _ => sync_folder(Path::new(".")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_replaces_a_file_leaves_nothing_beside_it() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("f");
        fs::write(place.path().join("f.new"), b"left by a crash").unwrap();
        replace(&path, b"one").unwrap();
        replace(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_look_in() {
        use std::os::unix::fs::PermissionsExt;
        let place = tempfile::tempdir().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        create_folder(&place.path().join("d")).unwrap();
        write_new(&place.path().join("f"), b"x").unwrap();
        assert_eq!(mode(&place.path().join("d")), 0o700);
        assert_eq!(mode(&place.path().join("f")), 0o600);
    }
}
