//! What happens when the disk is full?
//!
//! A small disk in memory is mounted in a name space of its own, which needs root or a system that
//! lets everybody do so; the space goes away with the process. Where neither holds the tests say so.

use std::path::Path;

use lanthan_tests::{
    args,
    cli::{Call, Ran},
    dossier::OpenDossier,
    hostile, project,
    session::{Action, Outcome, Place, State},
    tools,
    vault::TestVault,
};

const WORKER: &str = env!("CARGO_BIN_EXE_durability-worker");

/// Prefixes that run something where mounting is allowed.
fn spaces() -> [Vec<&'static str>; 2] {
    [vec!["unshare", "--mount"], vec!["unshare", "--map-root-user", "--mount"]]
}

/// Runs a call with a disk of `kilobytes` mounted on a folder, and answers with what lay on the disk
/// afterwards; `None` where the system does not allow it.
fn on_small_disk(disk: &Path, kilobytes: u32, call: Call) -> Option<(Ran, String)> {
    std::fs::create_dir_all(disk).unwrap();
    let space = spaces().into_iter().find(|space| {
        let probe = ["mount", "-t", "tmpfs", "-o", "size=64k", "none"];
        let words = space.iter().skip(1).copied().chain(probe);
        tools::ask(space[0], words.map(Into::into).chain([disk.as_os_str().to_owned()])).ok
    });
    let Some(space) = space else {
        println!("NOT TESTED: this system lets nobody mount a small disk");
        return None;
    };
    let list = disk.with_extension("list");
    // The list of what is left lies outside of the small disk.
    let script = format!(
        "mount -t tmpfs -o size={kilobytes}k none \"$1\" && shift || exit 99
         list=$1; disk=$2; shift 2; \"$@\"; code=$?; find \"$disk\" -mindepth 1 > \"$list\"; exit $code"
    );
    let mut wrapper: Vec<std::ffi::OsString> = space.iter().map(Into::into).collect();
    wrapper.extend(args!["sh", "-c", script, "sh", disk, list, disk]);
    let ran = call.under(wrapper).run();
    assert_ne!(ran.exit, 99, "{}", ran.err);
    Some((ran, std::fs::read_to_string(&list).unwrap()))
}

#[test]
fn a_release_onto_a_full_disk_leaves_nothing_and_says_so() {
    let vault = TestVault::with(&OpenDossier::small().photo(hostile::jpeg(3000, 2000)));
    let ledger = |vault: &TestVault| vault.open().ledger().unwrap().len();
    assert_eq!(ledger(&vault), 0);
    let disk = vault.beside("disk");
    let words =
        args!["release", "--dossier", "test", "--to", "supplier", "--out", disk.join("out")];
    let day = args!["--day", "2026-11-20"];
    let call = Call::new(words.into_iter().chain(day).chain(vault.args()));
    let Some((ran, left)) = on_small_disk(&disk, 64, call) else { return };
    ran.refused(5, "disk-full", "full");
    ran.advises("disk-full");
    assert_eq!(left, "", "something was left");
    // Nothing has left, so nothing may be remembered as given.
    let given = vault.open().ledger().unwrap();
    assert!(given.iter().all(|entry| entry.given.is_none()) || given.is_empty());
}

#[test]
fn clean_copies_on_a_full_disk_leave_nothing() {
    let place = project::place();
    let file = place.path().join("large.jpg");
    std::fs::write(&file, hostile::jpeg(4000, 3000)).unwrap();
    let disk = place.path().join("disk");
    let call = Call::new(args!["clean", file, "--out", disk.join("out")]);
    let Some((ran, left)) = on_small_disk(&disk, 64, call) else { return };
    ran.refused(5, "disk-full", "full");
    assert_eq!(left, "", "something was left");
}

#[test]
fn an_export_onto_a_full_disk_leaves_nothing() {
    let vault = TestVault::with(&OpenDossier::small().photo(hostile::jpeg(3000, 2000)));
    let disk = vault.beside("disk");
    let words = args!["dossier", "export", "--dossier", "test", "--out", disk.join("out")];
    let Some((ran, left)) =
        on_small_disk(&disk, 64, Call::new(words.into_iter().chain(vault.args())))
    else {
        return;
    };
    ran.named(5, "disk-full", "full");
    assert_eq!(left, "", "something was left");
}

#[test]
fn the_sample_on_a_full_disk_leaves_nothing_not_even_its_passing_vault() {
    let place = project::place();
    let disk = place.path().join("disk");
    let call = Call::new(args!["sample", "--out", disk.join("out")]);
    let Some((ran, left)) = on_small_disk(&disk, 1024, call) else { return };
    assert!([4, 5].contains(&ran.exit), "{}: {}", ran.exit, ran.err);
    assert!(ran.err.contains("full"), "{}", ran.err);
    assert_eq!(left, "", "something was left");
}

#[test]
fn a_vault_on_a_full_disk_keeps_its_old_state() {
    let place = project::place();
    let disk = place.path().join("disk");
    let dossier = OpenDossier::small().photo(hostile::jpeg(4000, 3000));
    let folder = dossier.write(&place.path().join("dossier"));
    let source = TestVault::new();
    // The vault is copied onto the small disk, the rest of it is filled, and afterwards the vault is
    // copied back for a look.
    let (kept, back) = (source.folder(), place.path().join("back.lanthan"));
    let script = "cp -r \"$1\" \"$2\"; cat /dev/zero > \"$2.fill\" 2> /dev/null
                  copy=$2; back=$3; shift 3; \"$@\"; code=$?
                  cp -r \"$copy\" \"$back\"; rm -r \"$copy\" \"$copy.fill\"; exit $code";
    let onto = disk.join("v.lanthan");
    let file = source.passphrase_file();
    let words = args!["dossier", "load", folder, "--vault", onto, "--passphrase-file", file];
    let inner = args!["sh", "-c", script, "sh", kept, onto, back];
    let Some((ran, _)) = on_small_disk(&disk, 16_000, Call::new(words).through(inner)) else {
        return;
    };
    assert!([4, 5].contains(&ran.exit), "{}: {}", ran.exit, ran.err);
    assert!(ran.err.contains("full"), "{}", ran.err);
    let list = args!["dossier", "list", "--json", "--vault", back, "--passphrase-file", file];
    let ran = lanthan_tests::cli::run(list).done();
    assert_eq!(ran.json(), serde_json::json!([]), "the vault is whole and empty");
}

/// What a session says on a disk with no byte left, and what is to be found of it afterwards.
#[test]
fn on_a_full_disk_nothing_can_be_added_nothing_is_lost_and_deleting_still_works() {
    let home = project::place();
    let (base, back) = (home.path().join("base"), home.path().join("back"));
    std::fs::create_dir(&base).unwrap();
    let place = Place::furnish(&base);
    let mut open = place.open(0).unwrap();
    let mut before = State::default();
    for action in [Action::Load, Action::Import(1), Action::Rename(1)] {
        place.perform(&mut open, &action, 0).unwrap();
        before = before.after(&action);
    }
    open.close().unwrap();
    // A large picture, the backup, a second vault and new keys need room; giving the dossier up does not.
    let refused = [Action::Import(2), Action::Backup, Action::Create, Action::Passphrase];
    let mut words = vec!["0".to_owned()];
    words.extend(refused.iter().flat_map(|one| ["go-on".to_owned(), one.to_string()]));
    words.push(Action::Delete.to_string());
    let said = home.path().join("said");
    let script = format!(
        "cp -a \"$1\"/. \"$2\"; cat /dev/zero > \"$2/fill\" 2> /dev/null
         \"$3\" \"$2\" {} > \"$4\"; code=$?
         rm \"$2/fill\"; cp -a \"$2\" \"$5\"; exit $code",
        words.join(" ")
    );
    let disk = home.path().join("disk");
    let inner = args!["sh", "-c", script, "sh", base, disk, WORKER, said, back];
    let call = Call::new(args!["--version"]).through(inner);
    let Some((ran, _)) = on_small_disk(&disk, 12_000, call) else { return };
    let said = std::fs::read_to_string(said).unwrap();
    assert_eq!(ran.exit, 0, "{said}{}", ran.err);
    for action in &refused {
        assert!(said.contains(&format!("failed {action}: disk-full")), "{action}: {said}");
    }
    assert!(said.contains("done delete"), "{said}");
    let session = [refused.as_slice(), &[Action::Delete]].concat();
    // Told as failed, so it must be as if it had never been asked.
    let outcomes = [Outcome::NotBegun, Outcome::NotBegun, Outcome::NotBegun, Outcome::NotBegun];
    let outcomes = [outcomes.as_slice(), &[Outcome::Done]].concat();
    let found = Place::at(&back).judge_outcomes(&before, &session, &outcomes);
    assert!(found.is_ok(), "{said}{found:?}");
}
