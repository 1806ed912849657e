//! How does a vault get another vault key, so that whoever knows the old one is shut out?
//!
//! Whoever once had passphrase and folder may have kept the vault key; another passphrase does not shut
//! them out of what is written later, another vault key does. The steps:
//!
//! 1. Beside what is there: a copy of the database under the new key, and the new header of every
//!    original. It can be stopped here, and a fault is undone at the next opening.
//! 2. The database is closed and its log removed; both key files are written with the new key. **This
//!    is the point of no return**: from the first of the two files on, the passphrase leads to the new
//!    key.
//! 3. The copy takes the database's place, and the headers are written over the old ones. A fault
//!    here is finished at the next opening, because the key files say that it must be.
//!
//! Deliberately absent: encrypting originals anew. Their own keys are wrapped anew; who has an old copy
//! of an original has its content, whatever is done here.

mod backup;
mod bring;

use std::path::{Path, PathBuf};

use super::{Progress, Vault};
use crate::{
    Result, VaultError,
    database::{self, Database},
    keys::{
        self, Copies, Header, KdfCost, Keys, PASSPHRASE_SLOT, RECOVERY_SLOT, RecoveryKey, Secret,
        Way,
    },
    object::Owner,
};

pub(super) use bring::{DATABASE, HEADERS, discard};

/// What a new vault key is to be reached by.
#[derive(Clone, Copy)]
pub struct Rekey<'a> {
    /// The passphrase of today.
    pub current: &'a str,
    /// Another one from now on; `None` keeps it.
    pub new_passphrase: Option<&'a str>,
    /// Which recovery key opens the vault from now on.
    pub recovery: Recovery<'a>,
    /// How dear one guess at a new passphrase or recovery key is made.
    pub cost: KdfCost,
}

/// Which recovery key opens a vault that has a new vault key.
#[derive(Clone, Copy)]
pub enum Recovery<'a> {
    /// The one of today, as typed from its paper.
    Keep(&'a str),
    /// A new one, which the user has on paper already; see [`Vault::draw_recovery_key`].
    Replace(&'a RecoveryKey),
}

impl Vault {
    /// Draws a recovery key that opens nothing yet, for somebody who knows the passphrase.
    ///
    /// # Errors
    ///
    /// [`VaultError::WrongPassphrase`] when `current` is not the passphrase.
    pub fn draw_recovery_key(&self, current: &str) -> Result<RecoveryKey> {
        Copies::read(&self.folder)?.unlock(Way::Passphrase(current))?;
        RecoveryKey::random()
    }

    /// Gives the vault another vault key. Afterwards keys that were taken from an earlier copy open
    /// nothing of it any more.
    ///
    /// `progress` hears bytes of headers and database; it can stop the work until the new key is
    /// written, and is only told afterwards. A fault at any moment leaves the old or the new key in
    /// force; the next opening finishes or undoes what was begun.
    ///
    /// # Errors
    ///
    /// [`VaultError::WrongPassphrase`], [`VaultError::RecoveryKey`],
    /// [`VaultError::PassphraseTooShort`], [`VaultError::DiskFull`], [`VaultError::Cancelled`], and
    /// [`VaultError::DatabaseDamaged`] when the ledger is not what was written; nothing is changed
    /// then. When the disk fails while the new key is written, the vault must be opened again, and the
    /// old or the new one opens it.
    pub fn rekey(&mut self, wish: &Rekey<'_>, progress: Progress<'_>) -> Result<()> {
        self.changing()?.read()?;
        if let Some(new) = wish.new_passphrase {
            keys::accept(new)?;
        }
        let (header, next) = self.next_keys(wish)?;
        self.bury_loose()?;
        discard(&self.folder)?;
        let keys = (&self.keys, &next);
        if let Err(error) = bring::prepare(&self.folder, &self.database, keys, progress) {
            // Best effort: the next opening removes it as well.
            let _ = discard(&self.folder);
            return Err(error);
        }
        self.take(&header, next, progress)
    }

    /// The header and the keys of a new vault key, tried before they count.
    fn next_keys(&self, wish: &Rekey<'_>) -> Result<(Header, Keys)> {
        let copies = Copies::read(&self.folder)?;
        let by = Way::Passphrase(wish.current);
        let now = copies.unlock(by)?;
        let vault_key = Secret::random()?;
        let generation = now.keys.generation.checked_add(1).ok_or(VaultError::HeaderDamaged)?;
        let mut header = Header::new(&self.keys.vault);
        header.set_key_generation(generation);
        header.set_pending(true);
        let then = if let Some(new) = wish.new_passphrase {
            keys::fill_passphrase(&mut header, PASSPHRASE_SLOT, new, wish.cost, &vault_key)?;
            Way::Passphrase(new)
        } else {
            let slot = now.header.slot(now.slot);
            keys::refill(&mut header, PASSPHRASE_SLOT, by, slot, &vault_key)?;
            by
        };
        let typed: RecoveryKey;
        let recovery = match wish.recovery {
            Recovery::Replace(new) => {
                keys::fill_recovery(&mut header, new, wish.cost, &vault_key)?;
                new
            }
            Recovery::Keep(text) => {
                typed = text.parse()?;
                let way = Way::Recovery(&typed);
                let slot = now.header.slot(copies.unlock(way)?.slot);
                keys::refill(&mut header, RECOVERY_SLOT, way, slot, &vault_key)?;
                &typed
            }
        };
        keys::wrap_previous(&mut header, &vault_key, &now.vault_key)?;
        let keys = Keys::derive(&vault_key, &self.keys.vault, generation)?;
        header.seal(copies.newest().generation() + 1, &keys.header);
        // A header that does not open by both ways would lock everybody out.
        let made = Copies::of(&self.folder, header);
        made.unlock(Way::Recovery(recovery))?;
        let next = made.unlock(then)?;
        Ok((next.header, next.keys))
    }

    /// Makes the new key the one that holds.
    fn take(&mut self, header: &Header, next: Keys, progress: Progress<'_>) -> Result<()> {
        // Closed, so that no log under the old key stands beside the database of the new one.
        let open = std::mem::replace(&mut self.database, Database::absent()?);
        let written = open
            .close()
            .and_then(|()| database::remove_log(&self.folder))
            .and_then(|()| keys::write(&self.folder, header));
        if let Err(error) = written {
            self.back_out()?;
            return Err(error);
        }
        self.keys = next;
        bring::put_database(&self.folder)?;
        self.database = Database::open(&self.folder, &self.keys)?;
        self.finish_rekeying(progress);
        Ok(())
    }

    /// Goes on with the old key, if it is the only one that the key files lead to. Otherwise nobody
    /// knows which of the two the disk holds, and the vault has to be opened again.
    fn back_out(&mut self) -> Result<()> {
        let copies = Copies::read(&self.folder)?;
        if copies.agree() && copies.genuine(&self.keys).is_ok() {
            self.database = Database::open(&self.folder, &self.keys)?;
            // Best effort: the next opening removes it as well.
            let _ = discard(&self.folder);
        }
        Ok(())
    }

    /// Brings the originals over and lets the key files say that nothing is left to do. The new key
    /// holds already: what the disk refuses now is done at the next opening.
    pub(super) fn finish_rekeying(&self, progress: Progress<'_>) {
        let owner = Owner::of(&self.keys);
        if matches!(bring::put_headers(&self.folder, owner, progress), Ok(true)) {
            let _ = bring::settle(&self.folder, &self.keys);
        }
    }
}

/// Lets the database of a new key take its place, where the key files say that it must. Before the
/// database is opened.
pub(super) fn go_on(folder: &Path) -> Result<()> {
    bring::put_database(folder)
}

/// Where the database lies whose key the key files lead to: a re-keying that was interrupted may have
/// left it beside its place.
pub(super) fn database_of(folder: &Path, is_pending: bool) -> PathBuf {
    let waiting = folder.join(DATABASE);
    if is_pending && waiting.is_file() { waiting } else { folder.join(database::NAME) }
}
