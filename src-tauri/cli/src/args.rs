//! What can be typed?

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;
use lanthan_core::clock::Span;

use crate::{
    backup::{BackupCall, BackupsCall, PlanCall, RehearseCall},
    checks::{CertificateCall, OwnSideCall, ScreenCall},
    clean::CleanWish,
    pack::PackCommand,
    questionnaire::QuestionnaireCommand,
    scope::{GoodsCall, ScopeCall},
};

/// Prepares the evidence for a Chinese dual-use export licence, offline.
#[derive(Debug, Parser)]
#[command(name = "lanthan-cli", version, max_term_width = 100)]
pub(crate) struct Call {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What is to be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Create, check, back up and restore a vault, and change its keys
    #[command(subcommand)]
    Vault(VaultCommand),
    /// Load, export or list dossiers
    #[command(subcommand)]
    Dossier(DossierCommand),
    /// Add files to a dossier, or list what is in it
    #[command(subcommand)]
    Exhibit(crate::exhibit::ExhibitCommand),
    /// Name the places of the firm, so that findings tell them by name
    #[command(subcommand)]
    Position(crate::position::PositionCommand),
    /// What is asked of a dossier, why, and how far it is
    Checklist {
        #[command(flatten)]
        dossier: OneDossier,
        #[command(flatten)]
        day: Day,
        #[command(flatten)]
        output: Output,
    },
    /// Where in the vault something stands that was typed or imported
    Search {
        /// What is looked for: words by their beginning, Chinese by two signs or more
        #[arg(required = true)]
        words: Vec<String>,
        /// The greatest number of hits
        #[arg(long, value_name = "NUMBER", default_value_t = 50)]
        limit: usize,
        #[command(flatten)]
        vault: OneVault,
        #[command(flatten)]
        output: Output,
    },
    /// Write the package for one recipient into a new or empty folder
    Release {
        #[command(flatten)]
        dossier: OneDossier,
        /// The party that receives it, by its id
        #[arg(long, value_name = "PARTY")]
        to: String,
        /// The folder to write; it must not exist or be empty
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        #[command(flatten)]
        day: Day,
        #[command(flatten)]
        output: Output,
    },
    /// Check a package folder, without a vault
    Verify {
        /// The package folder
        dir: PathBuf,
        #[command(flatten)]
        output: Output,
    },
    /// Make clean copies of pictures and PDFs, and say what was removed
    Clean {
        /// The files
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The folder to write; it must not exist or be empty
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        #[command(flatten)]
        wish: CleanWish,
        #[command(flatten)]
        output: Output,
    },
    /// Rule packs: their terms, examples and lists, new versions, overlays
    #[command(subcommand)]
    Pack(PackCommand),
    /// Whether goods need a licence at all, always with the reasons
    Scope(ScopeCall),
    /// Find goods in the tables of control codes
    Goods(GoodsCall),
    /// What in the draft of the certificate nobody should sign
    Certificate(CertificateCall),
    /// Compare the parties' names with the pack's partial lists
    Screen(ScreenCall),
    /// What the firm asks itself at home; the answers stay in the vault
    OwnSide(OwnSideCall),
    /// What a supplier asks line by line, beyond the rules
    #[command(subcommand)]
    Questionnaire(QuestionnaireCommand),
    /// By which day a decision is due, and when the application must be accepted for it
    Clock(ClockCall),
    /// The last days that follow from what was entered of a dossier's filing
    Deadlines {
        #[command(flatten)]
        dossier: OneDossier,
        #[command(flatten)]
        day: Day,
        #[command(flatten)]
        output: Output,
    },
    /// Do the whole main job on the sample dossier
    Sample {
        /// The folder to write; it must not exist or be empty
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Keep the sample vault here; otherwise it is removed again
        #[arg(long, value_name = "FOLDER")]
        vault: Option<PathBuf>,
        #[command(flatten)]
        day: Day,
        #[command(flatten)]
        output: Output,
    },
}

/// What is to be done with a vault.
#[derive(Debug, Subcommand)]
pub(crate) enum VaultCommand {
    /// Create a vault and print its recovery key
    Create {
        /// The vault's folder, by custom NAME.lanthan; it must not exist
        folder: PathBuf,
        #[command(flatten)]
        passphrase: Passphrase,
        #[command(flatten)]
        output: Output,
    },
    /// What can be said of a vault without its passphrase
    Info {
        /// The vault's folder
        folder: PathBuf,
        #[command(flatten)]
        output: Output,
    },
    /// Read every byte of a vault and name what is damaged; nothing is written
    Check {
        /// The vault's folder, or that of a backup
        folder: PathBuf,
        #[command(flatten)]
        passphrase: Passphrase,
        #[command(flatten)]
        output: Output,
    },
    /// Copy a vault and read back what was written; the copy is a vault like any other
    Backup(BackupCall),
    /// List the backups that were made, and how each stands now
    Backups(BackupsCall),
    /// Show or change where backups go by themselves, how often, and how many stay
    BackupPlan(PlanCall),
    /// Open a backup as on the day it is needed, read all of it, and compare
    Rehearse(RehearseCall),
    /// Bring a vault back from a backup, which is only read
    Restore {
        /// The backup's folder
        backup: PathBuf,
        /// The vault's new folder; it must not exist
        #[arg(long, value_name = "FOLDER")]
        out: PathBuf,
        #[command(flatten)]
        passphrase: Passphrase,
        #[command(flatten)]
        output: Output,
    },
    /// Change the passphrase
    #[command(name = "passphrase")]
    ChangePassphrase {
        /// The vault's folder
        folder: PathBuf,
        #[command(flatten)]
        passphrase: Passphrase,
        #[command(flatten)]
        new: NewPassphrase,
        #[command(flatten)]
        copies: Copies,
        #[command(flatten)]
        output: Output,
    },
    /// Give the vault a new key for everything, so that keys taken from an old copy open nothing of it
    Rekey(RekeyCall),
    /// Replace the recovery key and print the new one; the old one opens the vault no more
    RecoveryKey {
        /// The vault's folder
        folder: PathBuf,
        #[command(flatten)]
        passphrase: Passphrase,
        #[command(flatten)]
        output: Output,
    },
    /// Set a new passphrase by the recovery key, which stays valid
    Recover {
        /// The vault's folder
        folder: PathBuf,
        /// A file whose first line is the recovery key; otherwise a prompt
        #[arg(long, value_name = "FILE")]
        recovery_key_file: Option<PathBuf>,
        #[command(flatten)]
        new: NewPassphrase,
        #[command(flatten)]
        output: Output,
    },
}

/// A new key for everything.
#[derive(Debug, Args)]
pub(crate) struct RekeyCall {
    /// The vault's folder
    pub(crate) folder: PathBuf,
    #[command(flatten)]
    pub(crate) passphrase: Passphrase,
    /// A file whose first line is another passphrase from now on; otherwise it stays
    #[arg(long, value_name = "FILE")]
    pub(crate) new_passphrase_file: Option<PathBuf>,
    /// A file whose first line is the recovery key, which then stays; otherwise a new one is printed
    #[arg(long, value_name = "FILE")]
    pub(crate) recovery_key_file: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) copies: Copies,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// Copies of a vault that are looked at.
#[derive(Debug, Args)]
pub(crate) struct Copies {
    /// A backup of the vault: says which of its keys open it (repeatable)
    #[arg(long = "backup", value_name = "FOLDER")]
    pub(crate) backups: Vec<PathBuf>,
}

/// What is to be done with dossiers.
#[derive(Debug, Subcommand)]
pub(crate) enum DossierCommand {
    /// Take a folder with a dossier.json and its files into a vault
    Load {
        /// The folder
        folder: PathBuf,
        #[command(flatten)]
        vault: OneVault,
        #[command(flatten)]
        day: Day,
        #[command(flatten)]
        output: Output,
    },
    /// Write a dossier with its originals into a folder; what is written is not encrypted
    Export {
        #[command(flatten)]
        dossier: OneDossier,
        /// The folder to write; it must not exist or be empty
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        #[command(flatten)]
        output: Output,
    },
    /// List the dossiers of a vault
    List {
        #[command(flatten)]
        vault: OneVault,
        #[command(flatten)]
        day: Day,
        #[command(flatten)]
        output: Output,
    },
}

/// What the clock is to count.
#[derive(Debug, Args)]
pub(crate) struct ClockCall {
    /// The day on which the authority accepted the application (受理), or another `--period` begins
    #[arg(long, value_name = "YYYY-MM-DD", required_unless_present = "needed_by")]
    pub(crate) accepted: Option<Date>,
    /// Which period to count: decision, amendment, supplement-notice or customs-query
    #[arg(long, value_name = "PERIOD", conflicts_with = "working_days")]
    pub(crate) period: Option<String>,
    /// How many Chinese working days to count; those of the period when left out
    #[arg(long, value_name = "DAYS")]
    pub(crate) working_days: Option<u16>,
    /// Days on which the clock stood still, both inclusive; may be given several times
    #[arg(long, value_name = "FROM..TO", requires = "accepted")]
    pub(crate) stop: Vec<Span>,
    /// The day by which the decision is needed: also says the last useful day of acceptance
    #[arg(long, visible_alias = "need", value_name = "YYYY-MM-DD")]
    pub(crate) needed_by: Option<Date>,
    /// Calendar days that the originals travel: also says the last day for the courier
    #[arg(long, value_name = "DAYS", requires = "needed_by")]
    pub(crate) courier_days: Option<u64>,
    /// Working days between the arrival of the originals and the acceptance
    #[arg(long, value_name = "DAYS", requires = "courier_days")]
    pub(crate) supplier_days: Option<u64>,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// Which vault.
#[derive(Debug, Args)]
pub(crate) struct OneVault {
    /// The vault's folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) vault: PathBuf,
    #[command(flatten)]
    pub(crate) passphrase: Passphrase,
    /// Only look: works while the vault is in use, or from a medium that cannot be written
    #[arg(long)]
    pub(crate) read_only: bool,
}

/// Which dossier of which vault.
#[derive(Debug, Args)]
pub(crate) struct OneDossier {
    #[command(flatten)]
    pub(crate) vault: OneVault,
    /// The dossier's id
    #[arg(long, value_name = "ID")]
    pub(crate) dossier: String,
}

/// Where the passphrase comes from; never an argument.
#[derive(Debug, Args)]
pub(crate) struct Passphrase {
    /// A file whose first line is the passphrase; otherwise `LANTHAN_PASSPHRASE_FILE`, then a prompt
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

/// Where a new passphrase comes from; never an argument.
#[derive(Debug, Args)]
pub(crate) struct NewPassphrase {
    /// A file whose first line is the new passphrase; otherwise a prompt
    #[arg(long, value_name = "FILE")]
    pub(crate) new_passphrase_file: Option<PathBuf>,
}

/// Which day.
#[derive(Debug, Args)]
pub(crate) struct Day {
    /// The day to judge by; today when left out
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) day: Option<Date>,
}

/// How to answer.
#[derive(Debug, Args)]
pub(crate) struct Output {
    /// Answer as JSON on standard output
    #[arg(long)]
    pub(crate) json: bool,
}
