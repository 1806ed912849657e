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
    project, start, tools,
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

/// What another program of the same user, without the rights of an administrator, reads of a process.
#[cfg(target_os = "linux")]
fn seen_by_a_neighbour(process: u32, name: &str) -> tools::Said {
    let words = unprivileged().into_iter().chain(args!["cat", format!("/proc/{process}/{name}")]);
    let words: Vec<OsString> = words.collect();
    tools::ask(&words[0].to_string_lossy(), &words[1..])
}

/// What takes its rights from a program that an administrator starts, who may read any memory.
#[cfg(target_os = "linux")]
fn unprivileged() -> Vec<OsString> {
    use std::os::unix::fs::MetadataExt;
    let is_administrator = fs::metadata("/proc/self").unwrap().uid() == 0;
    let without = args!["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--"];
    if is_administrator { without } else { args!["env"] }
}

#[cfg(target_os = "linux")]
#[test]
fn neither_a_core_dump_nor_a_program_of_the_same_user_gets_the_memory_of_the_terminal() {
    let place = project::place();
    let file = place.path().join("passphrase");
    fs::write(&file, "a planted sentence of eleven blue walruses\n").unwrap();
    let begin = |words: Vec<OsString>| {
        let words: Vec<OsString> = unprivileged().into_iter().chain(words).collect();
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).stdin(Stdio::null()).stdout(Stdio::piped());
        start::start(&mut command).unwrap()
    };
    // One that hides nothing can be read: otherwise the rest would prove nothing.
    let mut open = begin(args!["sleep", "1000"]);
    while !fs::read(format!("/proc/{}/cmdline", open.id())).unwrap().starts_with(b"sleep") {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let said = seen_by_a_neighbour(open.id(), "environ");
    open.kill().unwrap();
    open.wait().unwrap();
    assert!(said.ok && !said.bytes.is_empty(), "{}", said.all);
    // Between the folder under its hidden name and the vault lies the time of one guess: long enough to look
    // at the program, unless this one has to wait for its turn meanwhile.
    let look = |number: u32| {
        let place = place.path().join(number.to_string());
        fs::create_dir(&place).unwrap();
        let create = args!["vault", "create", place.join("v.lanthan"), "--passphrase-file", file];
        let mut child = begin(args![cli::program()].into_iter().chain(create).collect());
        let is_at_work = || fs::read_dir(&place).unwrap().count() > 0;
        while !is_at_work() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        let limits = fs::read_to_string(format!("/proc/{}/limits", child.id()));
        let said = seen_by_a_neighbour(child.id(), "environ");
        let was_running = child.try_wait().unwrap().is_none();
        assert!(child.wait().unwrap().success());
        was_running.then(|| (limits.unwrap(), said))
    };
    let (limits, said) = (0..20).find_map(look).expect("it can be looked at while it works");
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"]);
    assert!(!said.ok && said.all.contains("Permission denied"), "{}", said.all);
}

/// A file that leaves OpenSSL without any cipher.
#[cfg(target_os = "linux")]
const NO_CIPHERS: &str = "openssl_conf = init\n[init]\nproviders = all\n[all]\nnull = none\n[none]\n\
                          activate = 1\n";

#[cfg(target_os = "linux")]
#[test]
fn nobodys_settings_of_openssl_are_followed() {
    let vault = TestVault::new();
    let settings = vault.beside("openssl.cnf");
    fs::write(&settings, NO_CIPHERS).unwrap();
    let list = args!["dossier", "list"].into_iter().chain(vault.args());
    let ran = Call::new(list).env("OPENSSL_CONF", &settings).run().done();
    assert_eq!(ran.out, "no dossiers yet\n");
    // A program that follows them cannot open the vault: otherwise the rest would prove nothing.
    let key = vault.passphrase_file();
    let mut follower = Command::new(env!("CARGO_BIN_EXE_durability-worker"));
    follower.args(args!["secrets", vault.folder(), key, key]).env("OPENSSL_CONF", &settings);
    let said = start::answer(&mut follower).unwrap();
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.starts_with("error database"), "{said}");
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
