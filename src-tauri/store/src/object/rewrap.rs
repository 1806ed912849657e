//! How does an object come from one vault key to the next, without touching its content?
//!
//! First the new headers of all are made and put aside; when they are on the disk and the new vault key
//! holds, each is written over the old one. A power cut in the middle of that is made good by writing it
//! once more. Deliberately absent: where they are put aside (see [`crate::vault`]).

use std::{
    fs::{self, File},
    io::Read,
};

use super::{
    ObjectId, Owner, Place,
    header::{self, LEN},
    place::overwrite_header,
};
use crate::VaultError;

/// The header that an object gets under the next vault key; `None` when the object is damaged and has
/// nothing to bring over.
///
/// # Errors
///
/// [`VaultError::Io`] when the system has no random numbers.
pub(crate) fn rewrap(
    place: &Place,
    id: ObjectId,
    (now, next): (Owner<'_>, Owner<'_>),
) -> Result<Option<Box<[u8; LEN]>>, VaultError> {
    let path = place.object(id);
    if !fs::symlink_metadata(&path).is_ok_and(|kind| kind.is_file()) {
        return Ok(None);
    }
    let mut untrusted = Box::new([0; LEN]);
    let read = File::open(&path).and_then(|mut file| file.read_exact(untrusted.as_mut_slice()));
    if read.is_err() {
        return Ok(None);
    }
    match header::rewrap((now, next), id, &untrusted) {
        Err(VaultError::ObjectDamaged { .. }) => Ok(None),
        header => header.map(Some),
    }
}

/// Gives an object the header that was put aside for it. That the object is gone is no fault.
///
/// # Errors
///
/// [`VaultError::ObjectDamaged`] when the header is not what was put aside; nothing is written then.
/// [`VaultError::Io`] when the disk refuses; the object opens by the vault key before, or this is done
/// again.
pub(crate) fn bring_over(
    place: &Place,
    owner: Owner<'_>,
    header: &[u8; LEN],
) -> Result<(), VaultError> {
    let id = ObjectId::from(std::array::from_fn(|at| header[32 + at]));
    header::read(owner, id, header)?;
    let path = place.object(id);
    match fs::symlink_metadata(&path) {
        Ok(kind) if kind.is_file() && kind.len() >= LEN as u64 => {
            overwrite_header(&path, header).map_err(|source| VaultError::io(&path, source))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;
    use crate::{
        keys::Secret,
        object::{Meta, Reader, seal},
    };

    const VAULT: [u8; 16] = [5; 16];

    fn owner(key: &Secret, generation: u16) -> Owner<'_> {
        Owner { vault: VAULT, key, generation, previous: None }
    }

    #[test]
    fn only_the_wrapped_key_changes_and_each_vault_key_opens_its_own() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["obj", "tmp"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let place = Place::new(folder.path());
        let (old, new) = (Secret::random().unwrap(), Secret::random().unwrap());
        let (old, new) = (owner(&old, 0), owner(&new, 1));
        let meta = Meta { name: "n".to_owned(), mime: "m".to_owned() };
        let mut go_on = |_| ControlFlow::Continue(());
        let part = seal(&place, old, &mut &b"content"[..], &meta, &mut go_on).unwrap();
        let object = part.expected();
        part.place(&place).unwrap();
        let read = |owner| Reader::open(&place, owner, object).and_then(Reader::bytes);
        let before = fs::read(place.object(object.id)).unwrap();
        let new_header = rewrap(&place, object.id, (old, new)).unwrap().unwrap();
        // Put aside is not brought over.
        assert!(read(old).is_ok() && read(new).is_err());
        let mut changed = new_header.clone();
        changed[80] ^= 1;
        assert!(bring_over(&place, new, &changed).is_err());
        assert!(read(old).is_ok());
        bring_over(&place, new, &new_header).unwrap();
        assert!(read(old).is_err());
        assert_eq!(*read(new).unwrap(), b"content");
        let both = Owner { previous: Some(old.key), ..new };
        assert_eq!(*read(both).unwrap(), b"content");
        let after = fs::read(place.object(object.id)).unwrap();
        let differ: Vec<usize> = (0..after.len()).filter(|at| before[*at] != after[*at]).collect();
        assert!(differ.iter().all(|at| [14, 15].contains(at) || (48..120).contains(at)));
        // Whoever has both keys opens the one before as well, and what lies further back not.
        fs::write(place.object(object.id), &before).unwrap();
        assert_eq!(*read(both).unwrap(), b"content");
        assert!(read(Owner { generation: 2, ..both }).is_err());
        // Torn in the middle of its first sector, it is made good by doing it again.
        let mut torn = after.clone();
        torn[60..120].fill(0);
        fs::write(place.object(object.id), &torn).unwrap();
        assert!(rewrap(&place, object.id, (both, new)).unwrap().is_none());
        bring_over(&place, new, &new_header).unwrap();
        assert_eq!(fs::read(place.object(object.id)).unwrap(), after);
    }
}
