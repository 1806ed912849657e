//! What can go wrong with a vault, and what is the user to do?
//!
//! Every sentence says what is wrong and what helps. Names of files and ids stand in them, never
//! contents, passphrases or keys. Deliberately absent: translations (text files, by code).

use std::{io, path::Path};

use lanthan_core::id::{DossierId, ExhibitId};

use crate::{Damage, DatabaseDamage, Holder, keys::RecoveryKeyError};

/// Why something could not be done with a vault.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// A new vault was wanted where something is.
    #[error("there is already something at \"{0}\": choose a folder that does not exist yet")]
    AlreadyExists(String),
    /// The folder into which the plan puts backups is not there.
    #[error(
        "the folder for backups \"{0}\" is not there: plug its medium in, or choose another folder; nothing was lost"
    )]
    BackupFolderMissing(String),
    /// A backup was to lie in the vault itself.
    #[error("\"{0}\" lies inside of the vault: choose a folder on another medium")]
    BackupInside(String),
    /// The plan has no folder.
    #[error("no folder for backups is chosen: choose one first")]
    NoBackupFolder,
    /// The user stopped it.
    #[error("stopped; nothing was changed")]
    Cancelled,
    /// The database said no, for a reason that is not the disk.
    #[error("the database of the vault refused ({0}): close the vault and open it again")]
    Database(String),
    /// The database is not what was written.
    #[error(
        "the database of the vault is damaged ({0}): delete nothing, and use the last backup of the whole folder"
    )]
    DatabaseDamaged(DatabaseDamage),
    /// No room.
    #[error("the disk is full: free some space and try again; nothing half-written was left")]
    DiskFull,
    /// Both copies of the keys are unusable.
    #[error(
        "the key files of the vault are damaged: copy keys.a and keys.b from any backup of this vault into its folder"
    )]
    HeaderDamaged,
    /// Somebody holds the lock; who, when it is a program that may change the vault and says so.
    #[error("the vault is open {}: close it there first", by(.0.as_deref()))]
    InUse(Option<Box<Holder>>),
    /// The system refused a file.
    #[error("\"{at}\" cannot be used ({source}): check the medium and your rights to write to it")]
    Io {
        /// The file or folder.
        at: String,
        /// What the system says.
        source: io::Error,
    },
    /// A later program wrote it.
    #[error(
        "the vault needs a program that knows {what} {found}; this one knows {known}: update this program, nothing was changed"
    )]
    NewerVault {
        /// What is newer: the format of the keys or the shape of the database.
        what: &'static str,
        /// The version that was found.
        found: u32,
        /// The newest version that this program knows.
        known: u32,
    },
    /// Opening needs more memory than there is.
    #[error(
        "{needed_mib} MiB of memory are needed for a moment: close other programs and try again"
    )]
    NotEnoughMemory {
        /// How much is needed, in MiB.
        needed_mib: u32,
    },
    /// Another computer could write there at the same time without either noticing.
    #[error(
        "\"{at}\" lies on a network share ({kind}), where two computers can write at once without noticing: keep the vault on a disk of this computer and make backups to the share"
    )]
    NetworkShare {
        /// The folder.
        at: String,
        /// What the system calls the share.
        kind: String,
    },
    /// The system forbids it.
    #[error(
        "you have no right to use \"{0}\": ask its owner for the right to read and write it, or copy the vault to a folder of your own"
    )]
    NoPermission(String),
    /// No keys there.
    #[error("\"{0}\" is not a vault: choose the folder whose name ends in .lanthan")]
    NotAVault(String),
    /// An attachment is not what was stored.
    #[error(
        "the original {object} is damaged ({what}): add the file again or take it from a backup; everything else stays usable"
    )]
    ObjectDamaged {
        /// Name of its file in the vault.
        object: String,
        /// What is wrong with it.
        what: Damage,
    },
    /// Too easy to guess.
    #[error("the passphrase has {found} characters: take at least {least}")]
    PassphraseTooShort {
        /// How many it has.
        found: usize,
        /// How many it needs.
        least: usize,
    },
    /// The recovery key is mistyped or another vault's.
    #[error(transparent)]
    RecoveryKey(#[from] RecoveryKeyError),
    /// What was written reads back as something else.
    #[error(
        "the copy at \"{0}\" does not read back as it was written: use another medium; the vault itself is unchanged"
    )]
    CopyDamaged(String),
    /// The target of a backup has changes that the vault has not.
    #[error(
        "the copy at \"{0}\" was itself opened and changed: choose a new folder for the backup, nothing was overwritten"
    )]
    CopyMovedOn(String),
    /// The target of a backup cannot be read with any key that the vault still knows.
    #[error(
        "the copy at \"{0}\" has another vault key: choose a new folder for the backup, nothing was overwritten"
    )]
    CopyOtherKey(String),
    /// Such as a disc, a card with its switch set, or a folder that is mounted for reading.
    #[error(
        "\"{0}\" lies on a medium that cannot be written: open the vault for looking only, or copy its folder to a disk of this computer"
    )]
    ReadOnlyMedium(String),
    /// It was opened for reading only.
    #[error("the vault is open for reading only: copy it to your own disk to change it")]
    ReadOnly,
    /// Somebody changed the dossier in between.
    #[error(
        "the dossier \"{0}\" was changed in the meantime: look at it again, then repeat the change"
    )]
    RevisionMoved(DossierId),
    /// No such dossier.
    #[error("the vault has no dossier \"{0}\"")]
    NoSuchDossier(DossierId),
    /// No such exhibit.
    #[error("the dossier \"{dossier}\" has no exhibit \"{exhibit}\" with an original")]
    NoSuchExhibit {
        /// The dossier.
        dossier: DossierId,
        /// The exhibit.
        exhibit: ExhibitId,
    },
    /// Its medium was pulled out, or its folder was moved while it was open.
    #[error(
        "the vault is no longer at \"{0}\": put its medium or folder back, then open it again; what was saved is in it"
    )]
    Gone(String),
    /// No slot opens with it.
    #[error(
        "the passphrase is wrong: check the keyboard layout and Caps Lock; nothing was changed"
    )]
    WrongPassphrase,
}

impl VaultError {
    /// The stable word under which its texts stand.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::AlreadyExists(_) => "already-exists",
            Self::BackupFolderMissing(_) => "backup-folder-missing",
            Self::BackupInside(_) => "backup-inside",
            Self::NoBackupFolder => "no-backup-folder",
            Self::Cancelled => "cancelled",
            Self::Database(_) => "database",
            Self::DatabaseDamaged(_) => "database-damaged",
            Self::DiskFull => "disk-full",
            Self::HeaderDamaged => "header-damaged",
            Self::InUse(_) => "in-use",
            Self::Io { .. } => "io",
            Self::NetworkShare { .. } => "network-share",
            Self::NoPermission(_) => "no-permission",
            Self::NewerVault { .. } => "newer-vault",
            Self::NotEnoughMemory { .. } => "not-enough-memory",
            Self::NotAVault(_) => "not-a-vault",
            Self::ObjectDamaged { .. } => "object-damaged",
            Self::PassphraseTooShort { .. } => "passphrase-too-short",
            Self::RecoveryKey(_) => "recovery-key",
            Self::CopyDamaged(_) => "copy-damaged",
            Self::CopyMovedOn(_) => "copy-moved-on",
            Self::CopyOtherKey(_) => "copy-other-key",
            Self::ReadOnly => "read-only",
            Self::ReadOnlyMedium(_) => "read-only-medium",
            Self::Gone(_) => "vault-gone",
            Self::RevisionMoved(_) => "revision-moved",
            Self::NoSuchDossier(_) => "no-such-dossier",
            Self::NoSuchExhibit { .. } => "no-such-exhibit",
            Self::WrongPassphrase => "wrong-passphrase",
        }
    }

    /// Names an I/O error after the file it happened to.
    pub(crate) fn io(at: &Path, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            io::ErrorKind::PermissionDenied => Self::NoPermission(at.display().to_string()),
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnlyMedium(at.display().to_string()),
            _ => Self::Io { at: at.display().to_string(), source },
        }
    }
}

fn by(holder: Option<&Holder>) -> String {
    holder.map_or_else(|| "in another program".to_owned(), Holder::to_string)
}

impl From<rusqlite::Error> for VaultError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
                Self::DatabaseDamaged(DatabaseDamage::Unreadable)
            }
            // Such as a medium that was pulled out.
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => Self::Io {
                at: "vault.db".to_owned(),
                source: io::Error::other(match error.sqlite_error() {
                    Some(inner) => format!("SQLite {}", inner.extended_code),
                    None => "SQLite".to_owned(),
                }),
            },
            // The extended number names the place without quoting what was written.
            Some(_) => match error.sqlite_error() {
                Some(inner) => Self::Database(format!("SQLite {}", inner.extended_code)),
                None => Self::Database("SQLite".to_owned()),
            },
            None => Self::Database("an entry has another shape than expected".to_owned()),
        }
    }
}
