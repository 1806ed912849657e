//! Do files of every length come in whole or not at all, and does what is kept inside stay inside?

use std::{fs, ops::ControlFlow, path::Path};

use lanthan_api::{Step, exhibit::Change, progress::silent};
use lanthan_core::{
    exhibit::{Exhibit, Format},
    id::{DossierId, PartyId},
};
use lanthan_tests::{
    args, cli,
    dossier::{DAY, OpenDossier},
    folder::{contents, snapshot, unchanged},
    hostile, kept, project, tools,
    vault::TestVault,
};

fn id() -> DossierId {
    DossierId::new("test").unwrap()
}

/// A dossier with one photograph, and an open vault that holds it.
fn vault() -> TestVault {
    TestVault::with(&OpenDossier::small())
}

/// What lies in the vault's folder beside its database: originals and what is unfinished.
fn files(vault: &TestVault) -> Vec<String> {
    let all = contents(&vault.folder());
    let of = |name: &&String| ["obj/", "tmp/", "quarantine/"].iter().any(|p| name.starts_with(p));
    all.keys().filter(of).cloned().collect()
}

#[test]
fn a_video_and_an_office_file_go_there_and_back_and_are_kept_inside() {
    let (film, paper) = (kept::video(700_000), kept::docx("A. Sample"));
    let dossier = OpenDossier::small().exhibit("film", "line.mov", film.clone()).exhibit(
        "paper",
        "process.jpg",
        paper.clone(),
    );
    let vault = TestVault::with(&dossier);
    let (known, _) = vault.open().dossier(&id()).unwrap();
    let format = |at: usize| known.exhibits[at].original.as_ref().unwrap().format;
    // By content: both have the ending of something else.
    assert_eq!((format(1), format(2)), (Format::Mp4, Format::Docx));
    let listed = vault.run(args!["exhibit", "list", "--dossier", "test", "--json"]).done().json();
    assert_eq!(listed[1]["keptInside"], "video");
    let gps = &listed[1]["found"].as_array().unwrap()[1];
    assert_eq!((&gps["kind"], &gps["detail"]), (&"gps".into(), &kept::PLACE.into()));
    assert!(listed[2]["found"].to_string().contains("A. Sample"));
    let out = vault.beside("out");
    let _ = vault.run(args!["dossier", "export", "--dossier", "test", "--out", out]).done();
    assert!(fs::read(out.join("line.mov")).unwrap() == film);
    assert!(fs::read(out.join("process.jpg")).unwrap() == paper);
    let again = TestVault::new();
    let _ = again.load(&out).done();
    assert_eq!(again.open().dossier(&id()).unwrap().0.exhibits, known.exhibits);
}

#[test]
fn what_is_kept_inside_blocks_a_release_that_would_take_it() {
    for (name, bytes, code, words) in [
        ("line.mp4", kept::video(9000), "kept-inside-video", "a video never leaves"),
        (
            "process.docx",
            kept::docx("A. Sample"),
            "kept-inside-office",
            "an Office file never leaves",
        ),
    ] {
        let vault = TestVault::with(&OpenDossier::small().exhibit("inside", name, bytes));
        let out = vault.beside("out");
        let ran = vault.release("supplier", &out);
        ran.refused(1, "blocked", words);
        assert!(!out.exists());
        let mut workspace = vault.open();
        let plan = workspace.plan(&id(), &PartyId::new("supplier").unwrap(), DAY).unwrap();
        assert!(plan.findings.iter().any(|finding| finding.code == code));
        assert_eq!(plan.content.exhibits.len(), 1, "only the photograph is planned");
        // Withdrawn, the rest leaves; cleared again in the window, it is refused in words.
        let inside = workspace.dossier(&id()).unwrap().0.exhibits[1].clone();
        let change = |cleared: &[&str]| change_of(&inside, cleared);
        let _ = workspace.save_exhibit(&id(), &inside.id, change(&[]), DAY).unwrap();
        let refused = workspace.save_exhibit(&id(), &inside.id, change(&["supplier"]), DAY);
        let refused = refused.unwrap_err();
        assert_eq!(refused.code(), code);
        assert!(refused.to_string().contains(words), "{refused}");
        assert!(workspace.page_image(&id(), &inside.id, 1).is_err());
        workspace.close().unwrap();
        let _ = vault.release("supplier", &out).done();
    }
}

pub(crate) fn change_of(exhibit: &Exhibit, cleared: &[&str]) -> Change {
    let exhibit = exhibit.clone();
    Change {
        title: exhibit.title,
        caption: exhibit.caption,
        kind: exhibit.kind,
        level: exhibit.level,
        masks: exhibit.masks,
        crop: exhibit.crop,
        pages: exhibit.pages,
        marked_may_be_seen: exhibit.marked_may_be_seen,
        answers: exhibit.answers,
        cleared_for: cleared.iter().map(|party| PartyId::new(party).unwrap()).collect(),
    }
}

#[test]
fn a_video_cannot_be_cleaned_and_nothing_is_written() {
    let place = project::place();
    let (file, out) = (place.path().join("a.jpg"), place.path().join("out"));
    kept::video_file(&file, 9000);
    cli::run(args!["clean", file, "--out", out]).refused(
        3,
        "kept-inside-video",
        "a video never leaves",
    );
    assert!(!out.exists());
}

#[test]
fn progress_is_told_in_bytes_over_all_files_and_names_the_file() {
    let vault = vault();
    let paths = [vault.beside("a.mp4"), vault.beside("b.jpg"), vault.beside("c.mp4")];
    kept::video_file(&paths[0], 20_000_000);
    fs::write(&paths[1], hostile::jpeg(64, 64)).unwrap();
    kept::video_file(&paths[2], 9_000_000);
    let total: u64 = paths.iter().map(|path| fs::metadata(path).unwrap().len()).sum();
    let mut steps: Vec<Step> = Vec::new();
    let mut workspace = vault.open();
    let imported = workspace
        .import(&id(), &paths, DAY, &mut |step| {
            steps.push(step);
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(imported.added.len(), 3);
    let numbers: Vec<_> =
        steps.iter().filter(|s| s.stage == "file").map(|s| (s.done, s.total)).collect();
    assert_eq!(numbers, [(1, 3), (2, 3), (3, 3)]);
    let bytes: Vec<_> = steps.iter().filter(|step| step.stage == "import").collect();
    assert!(bytes.iter().all(|step| step.total == total));
    assert!(bytes.is_sorted_by_key(|step| step.done));
    assert_eq!(bytes.last().unwrap().done, total);
    let inside = bytes.iter().filter(|step| step.done > 0 && step.done < 20_000_000).count();
    assert!(inside >= 3, "a long file is followed inside: {inside}");
}

#[test]
fn a_stop_inside_a_file_leaves_nothing_of_it_and_keeps_what_was_added_before() {
    let vault = vault();
    let paths = [vault.beside("first.jpg"), vault.beside("film.mp4"), vault.beside("after.jpg")];
    fs::write(&paths[0], hostile::jpeg(64, 64)).unwrap();
    kept::video_file(&paths[1], 40_000_000);
    fs::write(&paths[2], hostile::jpeg(32, 32)).unwrap();
    let mut workspace = vault.open();
    let imported = workspace
        .import(&id(), &paths, DAY, &mut |step| {
            let far = step.stage == "import" && step.done > 10_000_000;
            if far { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .unwrap();
    assert!(imported.cancelled && imported.refused.is_empty());
    assert_eq!(imported.added.len(), 1);
    // At once, and not only after the next opening: two photographs, and nothing of the video.
    assert_eq!(files(&vault).len(), 2, "{:?}", files(&vault));
    assert_eq!(workspace.dossier(&id()).unwrap().0.exhibits.len(), 2);
    let checked = workspace.check(&mut silent).unwrap();
    assert!(checked.is_whole && checked.objects == 2, "{checked:?}");
    workspace.close().unwrap();
    let largest = contents(&vault.folder()).into_values().map(|bytes| bytes.len()).max().unwrap();
    assert!(largest < 10_000_000, "no space is lost");
}

#[test]
fn a_stop_inside_an_export_or_a_load_leaves_nothing() {
    let vault =
        TestVault::with(&OpenDossier::small().exhibit("film", "a.mp4", kept::video(20_000_000)));
    let workspace = vault.open();
    let mut stop = |step: Step| {
        let far = ["export", "load"].contains(&step.stage) && step.done > 5_000_000;
        if far { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let out = vault.beside("out");
    assert_eq!(workspace.export(&id(), &out, &mut stop).unwrap_err().code(), "cancelled");
    assert!(!out.exists());
    workspace.export(&id(), &out, &mut silent).unwrap();
    let fresh = TestVault::new();
    let mut workspace = fresh.open();
    assert_eq!(workspace.load(&out, DAY, &mut stop).unwrap_err().code(), "cancelled");
    workspace.close().unwrap();
    assert_eq!(files(&fresh), Vec::<String>::new());
}

#[test]
fn what_is_no_file_or_too_large_is_named_and_the_others_are_taken() {
    let vault = vault();
    let good = vault.beside("good.jpg");
    fs::write(&good, hostile::jpeg(64, 64)).unwrap();
    let place = |name: &str| vault.beside(name);
    fs::create_dir(place("folder")).unwrap();
    let long = |name: &str, head: &[u8], length: u64| {
        fs::write(place(name), head).unwrap();
        fs::OpenOptions::new().write(true).open(place(name)).unwrap().set_len(length).unwrap();
    };
    // Holes cost no disk: nothing of these is read but the beginning.
    long("huge.mp4", &kept::video(64), (2 << 30) + 1);
    long("huge.jpg", &hostile::jpeg(64, 64), (256 << 20) + 1);
    fs::write(place("empty.jpg"), b"").unwrap();
    let mut wanted = vec![
        ("folder", "file-not-ordinary"),
        ("gone.jpg", "file-missing"),
        ("huge.mp4", "file-too-large"),
        ("huge.jpg", "too-large"),
        ("empty.jpg", "empty-file"),
    ];
    if cfg!(unix) {
        #[cfg(unix)]
        std::os::unix::fs::symlink("nowhere", place("link.jpg")).unwrap();
        wanted.push(("link.jpg", "file-link-broken"));
        if tools::ask("mkfifo", [place("pipe.jpg").into_os_string()]).ok {
            wanted.push(("pipe.jpg", "file-not-ordinary"));
        }
    }
    let before = files(&vault).len();
    let words = wanted.iter().map(|(name, _)| place(name)).chain([good]);
    let call = args!["exhibit", "add", "--dossier", "test", "--json"];
    let ran = vault.run(words.map(Into::into).fold(call, |mut call, word| {
        call.push(word);
        call
    }));
    assert_eq!(ran.exit, 3, "{}", ran.err);
    let answer = ran.json();
    assert_eq!(answer["added"].as_array().unwrap().len(), 1);
    let refused = answer["refused"].as_array().unwrap();
    let codes: Vec<_> = refused
        .iter()
        .map(|one| (one["name"].as_str().unwrap(), one["code"].as_str().unwrap()))
        .collect();
    assert_eq!(codes, wanted);
    assert_eq!(files(&vault).len(), before + 1);
}

#[test]
fn a_file_that_changes_while_it_is_taken_in_is_refused_and_leaves_nothing() {
    let vault = vault();
    let film = vault.beside("film.mp4");
    kept::video_file(&film, 20_000_000);
    let grow = |path: &Path, length: u64| {
        fs::OpenOptions::new().write(true).open(path).unwrap().set_len(length).unwrap();
    };
    for length in [10_000_000, 30_000_000] {
        kept::video_file(&film, 20_000_000);
        let mut workspace = vault.open();
        let imported = workspace
            .import(&id(), std::slice::from_ref(&film), DAY, &mut |step| {
                if step.stage == "import" && step.done > 4_000_000 {
                    grow(&film, length);
                }
                ControlFlow::Continue(())
            })
            .unwrap();
        assert_eq!(imported.refused[0].1.code(), "file-changed", "{length}");
        assert!(imported.added.is_empty());
        assert_eq!(files(&vault).len(), 1);
        workspace.close().unwrap();
    }
}

#[test]
fn a_load_with_one_bad_office_file_changes_nothing() {
    let mut paper = kept::docx("A. Sample");
    let at = paper.windows(6).position(|six| six == b"Sample").unwrap();
    paper[at] ^= 1;
    let vault = TestVault::new();
    let dossier = OpenDossier::small().exhibit("paper", "p.docx", paper);
    let folder = dossier.write(&vault.beside("in"));
    let before = vault.snapshot();
    vault.load(&folder).refused(3, "damaged", "p.docx");
    unchanged(&vault.snapshot(), &before, "the vault");
    assert!(!snapshot(&folder).is_empty());
}
