//! What can be typed?

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;

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
    /// Create a vault, or say what one is
    #[command(subcommand)]
    Vault(VaultCommand),
    /// Load, export or list dossiers
    #[command(subcommand)]
    Dossier(DossierCommand),
    /// What is asked of a dossier, why, and how far it is
    Checklist {
        #[command(flatten)]
        dossier: OneDossier,
        #[command(flatten)]
        day: Day,
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
        output: Output,
    },
    /// Rule packs (not yet)
    Pack {
        /// Not read yet
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        rest: Vec<String>,
    },
    /// The licence's deadline (not yet)
    Clock {
        /// Not read yet
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        rest: Vec<String>,
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
    /// Check every byte (not yet)
    Check(Rest),
    /// Make a verified copy (not yet)
    Backup(Rest),
    /// Bring a copy back (not yet)
    Restore(Rest),
    /// Change the passphrase (not yet)
    Passphrase(Rest),
    /// Open with the recovery key (not yet)
    Recover(Rest),
}

/// Arguments of a command that does not exist yet.
#[derive(Debug, Args)]
pub(crate) struct Rest {
    /// Not read yet
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) rest: Vec<String>,
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

/// Which vault.
#[derive(Debug, Args)]
pub(crate) struct OneVault {
    /// The vault's folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) vault: PathBuf,
    #[command(flatten)]
    pub(crate) passphrase: Passphrase,
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
