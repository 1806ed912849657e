//! What can go wrong for a user, under which stable code?
//!
//! The sum of what every use case can meet. [`Error::code`] is what window and terminal look up their
//! sentences by; it never changes once released. Arguments name files, ids and numbers, never the
//! contents of a document. Deliberately absent: wording.

use lanthan_core::{
    clock::{CalendarError, ClockError},
    field::FieldError,
    finding::Finding,
    id::{BadId, PackId},
    interchange::InterchangeError,
    leak::Leak,
    pack::PackError,
    questionnaire::Fault,
    release::PlanError,
};
use lanthan_media::{Refusal, list::ListError};
use lanthan_package::{Discrepancy, PackageError};
use lanthan_store::{VaultError, outside::OutsideError};

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The vault.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A file or folder outside the vault.
    #[error(transparent)]
    Outside(#[from] OutsideError),
    /// A file's content is not taken.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The same, naming the file.
    #[error("{name}: {refusal}")]
    RefusedFile {
        /// The file.
        name: String,
        /// Why.
        refusal: Refusal,
    },
    /// The package cannot be set or written.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// A package folder is not what was released.
    #[error("{}", differences(.0))]
    Differs(Vec<Discrepancy>),
    /// A `dossier.json` is not taken.
    #[error(transparent)]
    Interchange(#[from] InterchangeError),
    /// A field is unknown or an entry does not fit.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// There is no plan for this recipient.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A carried pack is not whole.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The carried calendar is not whole.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// The days that were entered cannot be counted.
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// A text cannot be an id.
    #[error(transparent)]
    BadId(#[from] BadId),
    /// The program has no such pack.
    #[error("this program has no rule pack \"{0}\": update the program, or import the pack")]
    UnknownPack(PackId),
    /// There is no such overlay.
    #[error("there is no overlay \"{0}\" for rule packs: import it first")]
    UnknownOverlay(PackId),
    /// A file is no rule pack.
    #[error("the file is no rule pack: {0}")]
    NotAPack(String),
    /// A rule pack from outside is not whole.
    #[error(transparent)]
    Imported(PackError),
    /// Nobody vouches for a rule pack.
    #[error("the rule pack is not signed: its signature \"{wanted}\" must lie beside it")]
    PackUnsigned {
        /// The name that the signature must have.
        wanted: String,
    },
    /// A rule pack is signed by somebody unknown.
    #[error("the rule pack is signed by somebody whom you do not trust: ask for their public key")]
    PackByStranger,
    /// A rule pack is not what was signed.
    #[error("the rule pack is not what {publisher} signed: it was altered or damaged on its way")]
    PackAltered {
        /// Who signed it.
        publisher: String,
    },
    /// A rule pack is not newer.
    #[error("the rule pack has version {offered}, and {held} is there already")]
    PackOlder {
        /// The version of the file.
        offered: String,
        /// The newest version that is there.
        held: String,
    },
    /// A text is no public key.
    #[error("that is no public key of minisign: it is one line that begins with RW")]
    BadPublisherKey,
    /// A pack has no rules for the scope question.
    #[error("rule pack {0} says nothing of whether goods need a licence at all")]
    NoScopeRules(String),
    /// The program carries no pack at all.
    #[error("this program carries no rule pack: install it again")]
    NoPack,
    /// No dossier has that id.
    #[error("the vault has no dossier \"{0}\"")]
    NoSuchDossier(String),
    /// A dossier with that id is there already.
    #[error(
        "the vault already has a dossier \"{0}\": give the new one another id, or delete the old one"
    )]
    DossierExists(String),
    /// No exhibit has that id.
    #[error("the dossier has no exhibit \"{0}\"")]
    NoSuchExhibit(String),
    /// No requirement has that id.
    #[error("the rule pack has no requirement \"{0}\"")]
    NoSuchRequirement(String),
    /// No question of the own-side check, and no fault of a draft, has that id.
    #[error("the rule pack has nothing under \"{0}\"")]
    NotInPack(String),
    /// Something must be said.
    #[error("the {0} is empty: write something")]
    Empty(&'static str),
    /// A title or name is longer than anybody reads.
    #[error("the {what} has {found} characters: shorten it to {most}")]
    TooLong {
        /// What is too long.
        what: &'static str,
        /// How many characters it has.
        found: usize,
        /// The greatest number that is taken.
        most: usize,
    },
    /// A new passphrase is among the first that anybody would try.
    #[error("the passphrase would soon be guessed: take a sentence that only you would write")]
    GuessablePassphrase,
    /// A mask or page choice lies outside of the exhibit.
    #[error("a mask or a chosen page lies outside of the exhibit: draw it again")]
    BadMask,
    /// Masks were to be put on a page of another size.
    #[error("page {page} is not as large as the page whose masks it is to get: mask it on its own")]
    OtherPageSize {
        /// The page, from 1.
        page: u32,
    },
    /// A place was to be named from a file that names none.
    #[error("the file does not say where it was taken: choose a photograph that does")]
    NoPlace,
    /// A place has no usable name or radius.
    #[error("a place needs a name of one line and a radius between 10 m and 100 km")]
    BadPlace,
    /// A PDF was to be cropped.
    #[error("the pages of a PDF leave whole: cover with masks what must not leave")]
    PaperStaysWhole,
    /// A file is not UTF-8 text.
    #[error("\"{0}\" is not UTF-8 text: save it again as UTF-8")]
    NotText(&'static str),
    /// A file is another than the `dossier.json` says.
    #[error(
        "the file \"{0}\" is not the one that dossier.json names by its hash: put the right file there, or remove \"original\""
    )]
    OtherFile(String),
    /// Some lines of a list cannot be taken, so none was.
    #[error("{} line(s) of the list cannot be taken, so none was", .0.len())]
    List(Vec<Fault>),
    /// Findings block the release.
    #[error("{} finding(s) block the release: see the checklist", .0.len())]
    Blocked(Vec<Finding>),
    /// The package held something that must not leave.
    #[error("{} protected term(s) were found in the finished package, so nothing has left", .0.len())]
    Leak(Vec<Leak>),
    /// The dossier is no longer what the user looked at.
    #[error("the dossier was changed since you looked at it: look at it again, then repeat")]
    Moved,
    /// No process can be started that reads files, so none is read.
    #[error("the program cannot start the part of itself that reads files: {0}")]
    NoReader(String),
    /// The user stopped it.
    #[error("stopped; nothing was changed")]
    Cancelled,
}

impl From<ListError> for Error {
    fn from(error: ListError) -> Self {
        match error {
            ListError::Refused(refusal) => Self::Refused(refusal),
            ListError::Faults(faults) => Self::List(faults),
        }
    }
}

fn differences(all: &[Discrepancy]) -> String {
    let lines: Vec<String> = all.iter().map(|one| format!("{}: {}", one.file, one.what)).collect();
    lines.join("\n")
}

/// Which exit code of the command line an error belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Findings block: 1.
    Findings,
    /// The call itself is wrong: 2.
    Usage,
    /// An input is refused: 3.
    Refused,
    /// Vault or passphrase: 4.
    Vault,
    /// A fault of the program or the machine: 5.
    Internal,
}

impl Error {
    /// The stable code; two texts stand under `err-<code>` and `fix-<code>`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Vault(error) => error.code(),
            Self::Outside(error) => error.code(),
            Self::Refused(refusal) | Self::RefusedFile { refusal, .. } => refusal.code(),
            Self::Package(error) => error.code(),
            Self::Differs(_) => "package-differs",
            Self::Interchange(error) => match error {
                InterchangeError::Shape(_) => "dossier-file-shape",
                InterchangeError::NewerFormat { .. } => "dossier-file-newer",
                InterchangeError::Path { .. } => "dossier-file-path",
                InterchangeError::Content(_) => "dossier-file-content",
            },
            Self::Field(_) => "field",
            Self::Plan(PlanError::NoSuchRecipient(_)) => "no-such-recipient",
            Self::Plan(PlanError::OtherPack { .. }) => "other-pack",
            Self::Pack(_) => "pack-not-whole",
            Self::Calendar(_) => "calendar-not-whole",
            Self::Clock(_) => "clock",
            Self::BadId(_) => "bad-id",
            Self::UnknownPack(_) => "unknown-pack",
            Self::UnknownOverlay(_) => "unknown-overlay",
            Self::NotAPack(_) => "not-a-pack",
            Self::Imported(_) => "pack-refused",
            Self::PackUnsigned { .. } => "pack-unsigned",
            Self::PackByStranger => "pack-by-stranger",
            Self::PackAltered { .. } => "pack-altered",
            Self::PackOlder { .. } => "pack-older",
            Self::BadPublisherKey => "bad-publisher-key",
            Self::NoScopeRules(_) => "no-scope-rules",
            Self::NoPack => "no-pack",
            Self::NoSuchDossier(_) => "no-such-dossier",
            Self::DossierExists(_) => "dossier-exists",
            Self::NoSuchExhibit(_) => "no-such-exhibit",
            Self::NoSuchRequirement(_) => "no-such-requirement",
            Self::NotInPack(_) => "not-in-pack",
            Self::Empty(_) => "empty",
            Self::TooLong { .. } => "too-long",
            Self::GuessablePassphrase => "guessable-passphrase",
            Self::BadMask => "bad-mask",
            Self::OtherPageSize { .. } => "other-page-size",
            Self::NoPlace => "no-place",
            Self::BadPlace => "bad-place",
            Self::PaperStaysWhole => "paper-stays-whole",
            Self::NotText(_) => "not-text",
            Self::OtherFile(_) => "other-file",
            Self::List(_) => "list",
            Self::Blocked(_) => "blocked",
            Self::Leak(_) => "leak",
            Self::Moved => "revision-moved",
            Self::NoReader(_) => "no-reader",
            Self::Cancelled => "cancelled",
        }
    }

    /// Values for the placeholders of the two texts; `message` is the plain English sentence, `places`
    /// says where something was found.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let mut args = vec![("message", self.to_string())];
        if let Self::Refused(Refusal::Unsupported(what))
        | Self::RefusedFile { refusal: Refusal::Unsupported(what), .. } = self
        {
            args.push(("what", (*what).to_owned()));
        }
        if let Self::Leak(leaks) = self {
            let mut places: Vec<&str> = leaks.iter().map(|leak| leak.place.as_str()).collect();
            places.dedup();
            args.push(("places", places.join(", ")));
        }
        args
    }

    /// Which exit code it belongs to.
    #[must_use]
    pub fn class(&self) -> Class {
        match self {
            Self::Blocked(_) | Self::Leak(_) => Class::Findings,
            Self::Vault(error) => match error {
                VaultError::Cancelled
                | VaultError::NoBackupFolder
                | VaultError::BackupInside(_) => Class::Usage,
                VaultError::DiskFull | VaultError::NotEnoughMemory { .. } => Class::Internal,
                _ => Class::Vault,
            },
            Self::GuessablePassphrase => Class::Vault,
            Self::Outside(error) => match error {
                OutsideError::NotEmpty(_) | OutsideError::NotAFolder(_) | OutsideError::Busy(_) => {
                    Class::Usage
                }
                OutsideError::DiskFull(_) => Class::Internal,
                _ => Class::Refused,
            },
            Self::Package(error) => match error {
                PackageError::Pages { .. } | PackageError::MissingGlyph { .. } => Class::Refused,
                _ => Class::Internal,
            },
            Self::Refused(_)
            | Self::RefusedFile { .. }
            | Self::Differs(_)
            | Self::Interchange(_)
            | Self::Field(_)
            | Self::UnknownPack(_)
            | Self::UnknownOverlay(_)
            | Self::NoScopeRules(_)
            | Self::NotAPack(_)
            | Self::Imported(_)
            | Self::PackUnsigned { .. }
            | Self::PackByStranger
            | Self::PackAltered { .. }
            | Self::PackOlder { .. }
            | Self::BadPublisherKey
            | Self::NotText(_)
            | Self::OtherFile(_)
            | Self::List(_)
            | Self::DossierExists(_)
            | Self::Moved
            | Self::TooLong { .. }
            | Self::BadMask
            | Self::OtherPageSize { .. }
            | Self::NoPlace
            | Self::BadPlace
            | Self::PaperStaysWhole => Class::Refused,
            Self::Plan(_)
            | Self::BadId(_)
            | Self::Clock(_)
            | Self::NoSuchDossier(_)
            | Self::NoSuchExhibit(_)
            | Self::NoSuchRequirement(_)
            | Self::NotInPack(_)
            | Self::Empty(_)
            | Self::Cancelled => Class::Usage,
            Self::Pack(_) | Self::Calendar(_) | Self::NoPack | Self::NoReader(_) => Class::Internal,
        }
    }

    /// The same error, naming the file when it is about what is in it.
    #[must_use]
    pub(crate) fn in_file(self, name: &str) -> Self {
        match self {
            Self::Refused(refusal) => Self::RefusedFile { name: name.to_owned(), refusal },
            other => other,
        }
    }

    /// True when it concerns one file among others and the rest can go on.
    #[must_use]
    pub fn is_about_the_file(&self) -> bool {
        match self {
            Self::Refused(_) | Self::RefusedFile { .. } => true,
            Self::Outside(error) => !matches!(error, OutsideError::DiskFull(_)),
            _ => false,
        }
    }
}
