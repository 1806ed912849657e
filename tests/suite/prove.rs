//! Are pictures that came in undecoded decoded afterwards, and is a broken one never part of what leaves?

use std::{fs, ops::ControlFlow, path::PathBuf};

use lanthan_api::{
    Error, Workspace,
    progress::silent,
    prove::{self, Decoded, Door, Proving, Undecoded},
};
use lanthan_core::id::DossierId;
use lanthan_tests::{
    args,
    dossier::{DAY, OpenDossier},
    hostile, still,
    vault::{PASSPHRASE, TestVault},
};
use serde_json::Value;

fn id() -> DossierId {
    DossierId::new("test").unwrap()
}

/// A JPEG whose parts are all there, and whose coded pixels have a hole.
fn broken() -> Vec<u8> {
    let mut bytes = hostile::jpeg(640, 480);
    let (from, to) = (bytes.len() / 2, bytes.len() * 3 / 4);
    bytes.drain(from..to);
    bytes
}

/// A vault with one photograph, and files beside it.
fn vault_and(files: &[(&str, Vec<u8>)]) -> (TestVault, Vec<PathBuf>) {
    let vault = TestVault::with(&OpenDossier::small());
    let paths = files.iter().map(|(name, bytes)| {
        let path = vault.beside(name);
        fs::write(&path, bytes).unwrap();
        path
    });
    let paths = paths.collect();
    (vault, paths)
}

fn three() -> (TestVault, Vec<PathBuf>) {
    vault_and(&[
        ("first.jpg", hostile::jpeg(64, 64)),
        ("broken.jpg", broken()),
        ("last.gif", still::gif()),
    ])
}

fn exhibits(vault: &TestVault) -> Vec<String> {
    let (dossier, _) = vault.open().dossier(&id()).unwrap();
    dossier.exhibits.into_iter().map(|exhibit| exhibit.path).collect()
}

/// `exhibit add` of some files, and its answer.
fn add(vault: &TestVault, how: &[&str], paths: &[PathBuf], exit: i32) -> Value {
    let mut call = args!["exhibit", "add", "--dossier", "test", "--json"];
    call.extend(how.iter().map(Into::into));
    call.extend(paths.iter().map(Into::into));
    let ran = vault.run(call);
    assert_eq!(ran.exit, exit, "{}", ran.err);
    ran.json()
}

fn refused(answer: &Value) -> Vec<(&str, &str)> {
    let word = |value: &'_ Value| value.as_str().unwrap_or_default().len();
    let all = answer["refused"].as_array().unwrap();
    assert!(all.iter().all(|one| word(&one["message"]) > 0));
    all.iter().map(|one| (one["name"].as_str().unwrap(), one["code"].as_str().unwrap())).collect()
}

#[test]
fn a_picture_that_is_broken_inside_is_refused_and_the_others_are_taken() {
    let (vault, paths) = three();
    let answer = add(&vault, &[], &paths, 3);
    assert_eq!(refused(&answer), [("broken.jpg", "damaged")]);
    let names: Vec<_> =
        answer["added"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["first.jpg", "last.gif"]);
    assert_eq!(exhibits(&vault), ["photo.jpg", "first.jpg", "last.gif"]);
}

#[test]
fn decoded_later_a_picture_says_nothing_yet_and_a_broken_one_is_refused_then() {
    let (vault, paths) = three();
    let answer = add(&vault, &["--later"], &paths, 0);
    assert_eq!(answer["added"].as_array().unwrap().len(), 3);
    assert!(answer["added"][0]["found"].is_null());
    assert_eq!(exhibits(&vault).len(), 4);
    // Cut short it is refused at once all the same.
    let short = vault.beside("short.jpg");
    fs::write(&short, hostile::truncated_jpeg()).unwrap();
    assert_eq!(refused(&add(&vault, &["--later"], &[short], 3)), [("short.jpg", "damaged")]);
    // Whoever adds something next hears of it.
    let next = vault.beside("next.jpg");
    fs::write(&next, hostile::jpeg(32, 32)).unwrap();
    assert_eq!(refused(&add(&vault, &[], &[next], 3)), [("broken.jpg", "damaged")]);
    assert_eq!(exhibits(&vault), ["photo.jpg", "first.jpg", "last.gif", "next.jpg"]);
}

#[test]
fn a_broken_picture_that_nobody_has_decoded_yet_never_leaves() {
    let (vault, paths) = vault_and(&[("broken.jpg", broken())]);
    let _ = add(&vault, &["--later"], &paths, 0);
    let mut workspace = vault.open();
    let (dossier, _) = workspace.dossier(&id()).unwrap();
    let exhibit = dossier.exhibits.last().unwrap();
    let mut change = crate::import::change_of(exhibit, &["supplier"]);
    change.title = lanthan_core::text::Bilingual::new("A picture", "图片");
    change.caption = change.title.clone();
    workspace.save_exhibit(&id(), &exhibit.id, change, DAY).unwrap();
    workspace.close().unwrap();
    let out = vault.beside("out");
    let ran = vault.release("supplier", &out);
    ran.refused(3, "package-pages", "exhibit 2: the file is damaged");
    assert!(!out.exists());
}

#[test]
fn a_stop_leaves_the_rest_for_the_next_time_and_nothing_is_decoded_twice() {
    let files: Vec<_> = (0..20).map(|n| (format!("{n}.jpg"), hostile::jpeg(64 + n, 64))).collect();
    let files: Vec<_> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    let (vault, paths) = vault_and(&files);
    let mut workspace = vault.open();
    let imported = workspace.import(&id(), &paths, DAY, &mut silent).unwrap();
    assert_eq!(imported.added.len(), 20);
    let mut told = Vec::new();
    let proven = workspace.prove(&id(), DAY, &mut |step| {
        told.push((step.stage, step.done, step.total));
        if told.len() > 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(proven.unwrap().is_empty());
    assert_eq!(told[0].0, "prove");
    assert!(told[0].1 < 20 && told[0].2 == 20, "{told:?}");
    workspace.close().unwrap();
    let mut workspace = vault.open();
    let left = total(&mut workspace);
    assert!(0 < left && left < 20, "{left}");
    assert_eq!(total(&mut workspace), 0);
}

/// How many pictures are still to be decoded; afterwards none.
fn total(workspace: &mut Workspace) -> u64 {
    let mut total = 0;
    let proven = workspace.prove(&id(), DAY, &mut |step| {
        total = step.total;
        ControlFlow::Continue(())
    });
    assert!(proven.unwrap().is_empty());
    total
}

/// A vault that somebody else uses between two steps.
struct Busy<'a> {
    workspace: &'a mut Workspace,
    meanwhile: Option<fn(&mut Workspace)>,
}

impl Door for Busy<'_> {
    fn next(&mut self, proving: &mut Proving) -> Result<Option<Undecoded>, Error> {
        self.workspace.next_undecoded(proving)
    }

    fn settle(&mut self, proving: &mut Proving, decoded: Vec<Decoded>) -> Result<(), Error> {
        if let Some(meanwhile) = self.meanwhile.take() {
            meanwhile(self.workspace);
        }
        self.workspace.settle(proving, decoded, DAY)
    }
}

#[test]
fn what_is_taken_away_or_changed_while_it_is_decoded_is_left_as_it_is() {
    let (vault, paths) = three();
    let mut workspace = vault.open();
    let _ = workspace.import(&id(), &paths, DAY, &mut silent).unwrap();
    let mut proving = workspace.begin_proving(&id()).unwrap();
    let meanwhile = |workspace: &mut Workspace| {
        let (dossier, _) = workspace.dossier(&id()).unwrap();
        let broken = dossier.exhibits.iter().find(|exhibit| exhibit.path == "broken.jpg");
        workspace.remove_exhibit(&id(), &broken.unwrap().id.clone(), DAY).unwrap();
        workspace.rename_dossier(&id(), "Another title", DAY).unwrap();
    };
    let mut busy = Busy { workspace: &mut workspace, meanwhile: Some(meanwhile) };
    prove::run(&mut busy, &mut proving, &mut silent).unwrap();
    assert!(proving.refused.is_empty() && proving.decoded == 3, "it was gone already");
    let (after, _) = workspace.dossier(&id()).unwrap();
    assert_eq!((after.title.as_str(), after.exhibits.len()), ("Another title", 3));
    // Brought back, it is found out.
    assert!(workspace.undo(&id(), None).unwrap() && workspace.undo(&id(), None).unwrap());
    let refused = workspace.prove(&id(), DAY, &mut silent).unwrap();
    assert_eq!(refused.len(), 1);
    assert_eq!((refused[0].0.as_str(), refused[0].1.code()), ("broken.jpg", "damaged"));
}

#[test]
fn a_vault_that_may_only_be_read_is_left_alone() {
    let (vault, paths) = three();
    let _ = add(&vault, &["--later"], &paths, 0);
    let first = vault.open();
    fs::create_dir(vault.beside("scratch")).unwrap();
    let second = Workspace::open_or_look(&vault.folder(), PASSPHRASE, &vault.beside("scratch"));
    assert_eq!(total(&mut second.unwrap()), 0);
    first.close().unwrap();
}
