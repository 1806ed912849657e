//! Does the program keep to itself what is nobody else's business?
//!
//! Rights of files and folders, and where a passphrase must not show. Deliberately absent: what the disk
//! shows of a vault (`vault`), and the window.

use std::{
    ffi::OsString,
    fs,
    path::PathBuf,
    process::{Command, Stdio},
};

use lanthan_tests::{
    args,
    cli::{self, Call},
    dossier::OpenDossier,
    project, start,
    vault::TestVault,
};

use super::bad_vault::marks;

#[cfg(unix)]
#[test]
fn every_file_and_folder_is_its_owners_alone_whatever_the_mask() {
    let vault = TestVault::with(&OpenDossier::small());
    let (made, backup) = (vault.beside("made.lanthan"), vault.beside("backup.lanthan"));
    let back = vault.beside("back.lanthan");
    let data = vault.beside("data");
    let openly = |words: Vec<OsString>| {
        let words = words.into_iter().chain(args!["--passphrase-file", vault.passphrase_file()]);
        let call = Call::new(words).env("LANTHAN_DATA_DIR", &data);
        let _ = call.under(["sh", "-c", "umask 000; exec \"$@\"", "sh"]).run().done();
    };
    openly(args!["vault", "create", made]);
    openly(args!["dossier", "load", vault.beside("dossier"), "--vault", made]);
    openly(args!["vault", "backup", made, "--out", backup, "--rehearse"]);
    openly(args!["vault", "restore", backup, "--out", back]);
    openly(args!["dossier", "list", "--vault", made]);
    for folder in [made, backup, back] {
        for (path, _, mode, ..) in marks(&folder) {
            let wanted = if path.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode & 0o777, wanted, "{}: {:o}", path.display(), mode & 0o777);
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_passphrase_is_in_no_argument_no_environment_and_no_output() {
    let secret = "a planted sentence of eleven blue walruses";
    let place = project::place();
    let (folder, new) = (place.path().join("v.lanthan"), place.path().join("new"));
    let file = place.path().join("passphrase");
    fs::write(&file, format!("{secret}\n")).unwrap();
    fs::write(&new, "nine otters under the old stone bridge\n").unwrap();
    let mut said = String::new();
    // Deriving the key takes half a second: long enough to look at the process.
    let mut command = Command::new(cli::program());
    command.args(args!["vault", "create", folder, "--passphrase-file", file]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = start::start(&mut command).unwrap();
    let at = PathBuf::from(format!("/proc/{}", child.id()));
    let mut looks = 0;
    while child.try_wait().unwrap().is_none() {
        let seen = ["cmdline", "environ"].map(|name| fs::read(at.join(name)).unwrap_or_default());
        // Empty just after the start, before the system has noted them, and just before the end.
        looks += usize::from(!seen[0].is_empty());
        for bytes in seen {
            assert!(!bytes.windows(12).any(|piece| piece == &secret.as_bytes()[..12]));
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let answer = child.wait_with_output().unwrap();
    assert!(answer.status.success() && looks > 1, "{looks} looks");
    said.push_str(&String::from_utf8_lossy(&answer.stdout));
    said.push_str(&String::from_utf8_lossy(&answer.stderr));
    let of = args!["--passphrase-file", file];
    for words in [
        args!["vault", "info", folder, "--json"],
        args!["vault", "check", folder, "--json"],
        args!["vault", "passphrase", folder, "--new-passphrase-file", file],
        args!["dossier", "list", "--vault", folder],
        args!["dossier", "load", folder, "--vault", folder],
        args!["vault", "backup", folder, "--out", folder],
        args!["vault", "passphrase", folder, "--new-passphrase-file", new],
        // Refused from here on.
        args!["dossier", "list", "--vault", folder],
        args![
            "vault",
            "recover",
            folder,
            "--recovery-key-file",
            file,
            "--new-passphrase-file",
            new
        ],
    ] {
        let with = !words.contains(&"info".into()) && !words.contains(&"recover".into());
        let words = words.into_iter().chain(if with { of.clone() } else { Vec::new() });
        let ran = Call::new(words).env("RUST_BACKTRACE", "full").env("RUST_LOG", "trace").run();
        said.push_str(&ran.out);
        said.push_str(&ran.err);
    }
    for piece in [secret, "eleven blue walruses", "nine otters"] {
        assert!(!said.contains(piece), "{said}");
    }
    assert!(said.contains("[wrong-passphrase]") && said.contains("[recovery-key]"), "{said}");
}
