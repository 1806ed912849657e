//! Does the main job come out whole, and every time the same?
//!
//! The sample dossier goes through the terminal program: into a vault, through the checks, out as a
//! package. What other programs say of that package stands in `judges`.

use std::{collections::BTreeMap, fs};

use lanthan_tests::{
    args, cli,
    cli::Call,
    dossier::DAY,
    folder::{contents, sha256, snapshot},
    project, sample,
};

#[test]
fn the_sample_package_is_whole_and_says_what_it_holds() {
    let made = sample::made();
    let names: Vec<String> = snapshot(&made.package).into_keys().collect();
    assert_eq!(names, ["NOTE.txt", "SHA256SUMS", "manifest.json", "package.pdf"]);
    let ran = cli::run(args!["verify", made.package, "--json"]).done();
    let verified = ran.json();
    assert_eq!(verified["ok"], true);
    assert_eq!(verified["files"], 4);
    assert_eq!(verified["pages"], made.answer["pages"]);
    assert!(verified["pages"].as_u64().unwrap() > 10, "it is a whole package");
    let files = made.answer["files"].as_array().unwrap();
    assert_eq!(files.len(), 4, "every file is named in the answer");
    for file in files {
        let bytes = fs::read(made.package.join(file["name"].as_str().unwrap())).unwrap();
        assert_eq!(file["sizeBytes"], bytes.len());
        assert_eq!(file["sha256"], sha256(&bytes));
    }
    assert_eq!(made.answer["ledger"]["number"], 1);
    assert_eq!(made.answer["ledger"]["hash"].as_str().map(str::len), Some(64));
}

#[test]
fn the_same_dossier_gives_the_same_bytes_in_another_process_place_time_zone_and_language() {
    let first = contents(&sample::made().package);
    let place = project::place();
    let out = place.path().join("another name");
    let day = DAY.to_string();
    let call = Call::new(args!["sample", "--out", out, "--day", day])
        .env("TZ", "Asia/Shanghai")
        .env("LANG", "zh_CN.UTF-8")
        .env("LC_ALL", "zh_CN.UTF-8")
        .env("HOME", place.path())
        .env("SOURCE_DATE_EPOCH", "0")
        .env("RAYON_NUM_THREADS", "1")
        .from_folder(place.path());
    let _ = call.run().done();
    let second = contents(&out);
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&first), names(&second));
    for (name, bytes) in &first {
        assert!(second[name] == *bytes, "{name} differs");
    }
    let left = snapshot(place.path()).into_keys().filter(|path| !path.starts_with("another"));
    assert_eq!(left.collect::<Vec<_>>(), Vec::<String>::new(), "the passing vault is gone");
}

#[test]
fn another_day_gives_another_package() {
    let place = project::place();
    let out = place.path().join("out");
    let _ = cli::run(args!["sample", "--out", out, "--day", "2026-11-21"]).done();
    assert_ne!(contents(&out)["package.pdf"], contents(&sample::made().package)["package.pdf"]);
}

#[test]
fn the_sample_vault_stays_and_opens_with_its_passphrase() {
    let made = sample::made();
    let place = project::place();
    let file = place.path().join("passphrase");
    fs::write(&file, sample::PASSPHRASE).unwrap();
    let call = args!["dossier", "list", "--vault", made.vault, "--passphrase-file", file, "--json"];
    let list = cli::run(call).done().json();
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!(list[0]["id"], sample::dossier().id.as_str());
}

#[test]
fn the_manifest_names_every_exhibit_by_its_number_and_the_hash_of_its_original() {
    let manifest = sample::manifest();
    let exhibits = manifest["exhibits"].as_array().unwrap();
    let hashes: Vec<String> = sample::files().values().map(|bytes| sha256(bytes)).collect();
    assert!(!exhibits.is_empty());
    for (number, exhibit) in (1..).zip(exhibits) {
        assert_eq!(exhibit["number"], number);
        let made_from = exhibit["made-from"].as_str().unwrap();
        assert!(hashes.iter().any(|hash| hash == made_from), "{exhibit:#}");
    }
    assert_eq!(manifest["day"], DAY.to_string());
}

#[test]
fn no_file_of_the_package_names_a_file_of_the_house() {
    let made = sample::made();
    let files = sample::files();
    for (name, bytes) in contents(&made.package) {
        let bytes =
            if name == "package.pdf" { lanthan_tests::pdf::unpacked(&bytes) } else { bytes };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for path in files.keys() {
            assert!(!text.contains(path), "{name} names {path}");
        }
        assert!(!text.contains(&made.vault.display().to_string()), "{name} names the vault");
    }
}

#[test]
fn the_note_speaks_both_languages() {
    let note = fs::read_to_string(sample::made().package.join("NOTE.txt")).unwrap();
    assert!(note.contains("package.pdf"));
    assert!(note.contains("SHA256SUMS"));
    assert!(note.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{note}");
}

#[test]
fn the_sample_leaves_nothing_beside_its_target() {
    let made = sample::made();
    let beside: Vec<String> = fs::read_dir(made.package.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(beside.len(), 2, "{beside:?}");
}
