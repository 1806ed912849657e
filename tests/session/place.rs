//! Where does a session take place, and how is each action done?

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use jiff::civil::DateTime;
use lanthan_api::{
    KdfCost, Recovery, Rekey, Result, Workspace,
    backup::{BackupPlan, Rhythm},
    progress::silent,
};
use lanthan_core::id::{DossierId, ExhibitId, PartyId};

use super::{Action, State, Version};
use crate::{
    dossier::{DAY, OpenDossier},
    folder, hostile, project,
    start::in_between,
};

/// The two passphrases that take turns.
pub(super) const PASSPHRASES: [&str; 2] =
    ["seven herons walk over the ice", "quattro gatti sopra il tetto rosso"];

/// Pictures that can be imported: one chunk, some chunks, many chunks.
const PHOTOS: [(usize, usize); 3] = [(32, 16), (1200, 900), (2400, 1800)];

/// The title that the dossier comes in with.
const TITLE: &str = "Test order";

/// When everything happens.
const NOW: DateTime = DAY.at(14, 2, 0, 0);

/// A folder with a vault, its backup, and what goes in and out.
#[derive(Debug, Clone)]
pub struct Place(PathBuf);

impl Place {
    /// Names a place whose folder is there already.
    #[must_use]
    pub fn at(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// Makes the vault, and the files to import, in a folder that is there.
    ///
    /// # Panics
    ///
    /// When the disk refuses.
    #[must_use]
    pub fn furnish(folder: &Path) -> Self {
        let place = Self::at(folder);
        let _ = OpenDossier::small().write(&place.beside("incoming"));
        for number in 0..PHOTOS.len() {
            fs::write(place.photo(number), photo_bytes(number)).unwrap();
        }
        fs::create_dir(place.beside("scratch")).unwrap();
        fs::create_dir(place.turns()).unwrap();
        let made = Workspace::create(&place.vault(), PASSPHRASES[0], KdfCost::SMALLEST);
        let (vault, recovery) = made.unwrap();
        fs::write(place.recovery(), recovery.to_string()).unwrap();
        vault.close().unwrap();
        place
    }

    /// The same with a vault that an earlier program made, kept under `tests/vectors/vaults` with the
    /// dossier and the smallest picture in it; answers also what it must show.
    ///
    /// # Panics
    ///
    /// When the disk refuses or the vault is not whole.
    #[must_use]
    pub fn furnish_with(folder: &Path, kept: &str) -> (Self, State) {
        let place = Self::furnish(folder);
        let kept = project::root().join("tests/vectors/vaults").join(kept);
        fs::remove_dir_all(place.vault()).unwrap();
        folder::copy(&kept.join("v.lanthan"), &place.vault());
        // Folders without a file in them are not kept.
        for name in ["tmp", "quarantine"] {
            fs::create_dir_all(place.vault().join(name)).unwrap();
        }
        fs::copy(kept.join("recovery.txt"), place.recovery()).unwrap();
        let sums = fs::read_to_string(kept.join("originals.txt")).unwrap();
        let exhibits: BTreeMap<String, String> = sums
            .lines()
            .map(|line| line.split_once(' ').expect("an exhibit and its hash"))
            .map(|(exhibit, sum)| (exhibit.to_owned(), sum.to_owned()))
            .collect();
        let now = Version { title: TITLE.to_owned(), exhibits };
        let mut before = now.clone();
        before.exhibits.retain(|exhibit, _| exhibit == "photo");
        let state = State { versions: vec![before, now], ..State::default() };
        (place, state)
    }

    /// The vault's folder.
    #[must_use]
    pub fn vault(&self) -> PathBuf {
        self.beside("v.lanthan")
    }

    /// The folder of a release.
    #[must_use]
    pub fn out(&self, number: u32) -> PathBuf {
        self.beside(&format!("out-{number}"))
    }

    /// The folder of the backup.
    #[must_use]
    pub fn backup(&self) -> PathBuf {
        self.beside("backup.lanthan")
    }

    /// The folder of the backups that the plan makes.
    #[must_use]
    pub fn turns(&self) -> PathBuf {
        self.beside("turns")
    }

    /// The folder of the second vault.
    #[must_use]
    pub fn second(&self) -> PathBuf {
        self.beside("second.lanthan")
    }

    pub(super) fn scratch(&self) -> PathBuf {
        self.beside("scratch")
    }

    fn photo(&self, number: usize) -> PathBuf {
        self.beside(&format!("photo-{number}.jpg"))
    }

    fn recovery(&self) -> PathBuf {
        self.beside("recovery.txt")
    }

    fn beside(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Opens the vault with one of the two passphrases.
    ///
    /// # Errors
    ///
    /// What the vault says.
    pub fn open(&self, passphrase: usize) -> Result<Workspace> {
        open(&self.vault(), passphrase)
    }

    /// Does what the user does; `passphrase` is the one that opens the vault now.
    ///
    /// # Errors
    ///
    /// What the vault says; nothing was changed then.
    ///
    /// # Panics
    ///
    /// When the place was not furnished.
    pub fn perform(&self, open: &mut Workspace, action: &Action, passphrase: usize) -> Result<()> {
        let id = dossier_id();
        match action {
            Action::Load => open.load(&self.beside("incoming"), DAY, &mut silent).map(|_| ()),
            Action::Import(number) => {
                let came = open.import(&id, &[self.photo(*number)], DAY, &mut silent)?;
                came.refused.into_iter().next().map_or(Ok(()), |(_, error)| Err(error))
            }
            Action::Rename(number) => open.rename_dossier(&id, &title(*number), DAY),
            Action::Undo => open.undo(&id, None).map(|_| ()),
            Action::Remove(exhibit) => open.remove_exhibit(&id, &ExhibitId::new(exhibit)?, DAY),
            Action::Delete => open.delete_dossier(&id),
            Action::Release(number) => {
                let to = PartyId::new("supplier")?;
                open.release(&id, &to, &self.out(*number), None, DAY, &mut silent).map(|_| ())
            }
            Action::Passphrase => open.change_passphrase(
                PASSPHRASES[passphrase],
                PASSPHRASES[1 - passphrase],
                KdfCost::SMALLEST,
            ),
            Action::Recover => {
                let key = fs::read_to_string(self.recovery()).unwrap();
                open.reset_passphrase(&key, PASSPHRASES[1 - passphrase], KdfCost::SMALLEST)
            }
            Action::Rekey => {
                let key = fs::read_to_string(self.recovery()).unwrap();
                let wish = Rekey {
                    current: PASSPHRASES[passphrase],
                    new_passphrase: Some(PASSPHRASES[1 - passphrase]),
                    recovery: Recovery::Keep(&key),
                    cost: KdfCost::SMALLEST,
                };
                open.rekey(&wish, &mut silent)
            }
            Action::Backup => open.backup(&self.backup(), NOW, &mut silent).map(|_| ()),
            Action::Turn(keep) => {
                let rhythm = Rhythm::new(1, *keep).expect("a number that can be kept");
                open.set_backup_plan(&BackupPlan { folder: Some(self.turns()), rhythm })?;
                open.backup_by_plan(NOW, &mut silent).map(|_| ())
            }
            Action::Restore(passphrase) => {
                let (from, to) = (self.backup(), self.second());
                let secret = PASSPHRASES[*passphrase];
                Workspace::restore(&from, secret, &to, &self.scratch(), &mut silent).map(|_| ())
            }
            Action::Create => {
                Workspace::create(&self.second(), PASSPHRASES[0], KdfCost::SMALLEST)?.0.close()
            }
        }
    }
}

/// Opens a vault with one of the two passphrases.
pub(super) fn open(vault: &Path, passphrase: usize) -> Result<Workspace> {
    // No second try: a lock that its holder lends to a program that it is just starting is waited for
    // by the vault itself, and a kill was never seen to leave one.
    in_between(|| Workspace::open(vault, PASSPHRASES[passphrase]))
}

pub(super) fn dossier_id() -> DossierId {
    DossierId::new("test").unwrap()
}

pub(super) fn title(number: u32) -> String {
    format!("{TITLE} {number}")
}

/// The bytes of a picture, made once: that takes longer than all that is done with them.
fn photo_bytes(number: usize) -> &'static [u8] {
    static MADE: LazyLock<[Vec<u8>; 3]> =
        LazyLock::new(|| PHOTOS.map(|(x, y)| hostile::jpeg(x, y)));
    &MADE[number]
}

/// The SHA-256 of a picture.
pub(super) fn photo_sum(number: usize) -> String {
    static SUMS: LazyLock<[String; 3]> =
        LazyLock::new(|| [0, 1, 2].map(|number| folder::sha256(photo_bytes(number))));
    SUMS[number].clone()
}

/// The dossier as it comes in.
pub(super) fn first() -> Version {
    static PHOTO: LazyLock<String> =
        LazyLock::new(|| folder::sha256(&OpenDossier::small().files[0].1));
    let exhibits = BTreeMap::from([("photo".to_owned(), PHOTO.clone())]);
    Version { title: TITLE.to_owned(), exhibits }
}
