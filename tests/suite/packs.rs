//! Can the law be replaced without a new program, and by nobody but whom the user trusts?
//!
//! Packs are signed by minisign itself, as their publishers do it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use lanthan_tests::{args, cli, dossier::OpenDossier, project, start::start, vault::TestVault};
use serde_json::{Value, json};

const PACK: &str = "cn-dual-use-rare-earth";

/// A publisher with a key, and a vault with one dossier.
struct Scene {
    vault: TestVault,
    place: tempfile::TempDir,
}

impl Scene {
    fn new() -> Self {
        let scene = Self { vault: TestVault::with(&OpenDossier::small()), place: project::place() };
        scene.minisign(&["-G", "-W", "-f", "-p", "one.pub", "-s", "one.key"]);
        scene
    }

    fn at(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    fn minisign(&self, args: &[&str]) {
        let mut command = Command::new("minisign");
        command.args(args).current_dir(self.place.path());
        command.stdin(std::process::Stdio::null()).stdout(std::process::Stdio::null());
        let mut child = start(&mut command).expect("minisign is installed");
        assert!(child.wait().unwrap().success(), "minisign {args:?}");
    }

    fn key(&self) -> String {
        let text = fs::read_to_string(self.at("one.pub")).unwrap();
        text.lines().last().unwrap().to_owned()
    }

    fn on_vault(&self, words: &[&str]) -> cli::Ran {
        let words = ["pack"].iter().chain(words).chain(&["--json"]);
        self.vault.run(words.map(Into::into).collect())
    }

    fn checklist(&self) -> Value {
        self.vault.run(args!["checklist", "--dossier", "test", "--json"]).json()
    }

    fn trusting(self) -> Self {
        let key = self.key();
        let _ = self.on_vault(&["trust", "--name", "A publisher", "--key", &key]).done();
        self
    }

    /// The carried pack with another version and a change, as a signed file.
    fn newer(&self, version: &str, change: impl Fn(&Path)) -> String {
        let folder = self.at(&format!("source-{version}"));
        let carried = project::root().join("assets/packs").join(PACK);
        fs::create_dir(&folder).unwrap();
        for name in fs::read_dir(&carried).unwrap().map(|entry| entry.unwrap().file_name()) {
            if Path::new(&name).extension().is_some_and(|ending| ending == "toml") {
                fs::copy(carried.join(&name), folder.join(&name)).unwrap();
            }
        }
        edit(
            &folder.join("pack.toml"),
            "version = \"2026.11\"",
            &format!("version = \"{version}\""),
        );
        change(&folder);
        let out = self.at(&format!("out-{version}"));
        let _ = cli::run(args!["pack", "check", folder, "--out", out]).done();
        let file = out.join(format!("{PACK}-{version}.lanthanpack"));
        let file = file.to_str().unwrap().to_owned();
        self.minisign(&["-S", "-s", "one.key", "-m", &file]);
        file
    }
}

fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

/// Makes the composition report compulsory, and suspends nothing.
fn stricter(folder: &Path) {
    let text = fs::read_to_string(folder.join("pack.toml")).unwrap();
    let at = text.find("id = \"composition-test-report\"").unwrap();
    let (head, tail) = text.split_at(at);
    let tail = tail.replacen("demand = \"recommended\"", "demand = \"required\"", 1);
    fs::write(folder.join("pack.toml"), format!("{head}{tail}")).unwrap();
}

fn current(scene: &Scene) -> Vec<(String, bool)> {
    let versions: Value = scene.on_vault(&["list"]).json();
    let packs = versions.as_array().unwrap().iter().filter(|one| one["id"] == PACK);
    packs
        .map(|one| (one["version"].as_str().unwrap().to_owned(), one["current"] == json!(true)))
        .collect()
}

#[test]
fn a_signed_newer_pack_says_what_it_changes_and_is_then_taken() {
    let scene = Scene::new().trusting();
    let file = scene.newer("2026.12", stricter);
    let looked = scene.on_vault(&["import", &file, "--dry-run"]).json();
    assert_eq!(looked["insteadOf"], "2026.11");
    assert_eq!(looked["publisher"], "A publisher");
    assert_eq!(looked["taken"], false);
    let changed = &looked["change"];
    assert_eq!(changed[0]["id"], "composition-test-report");
    assert_eq!(changed[0]["aspects"], json!(["demand"]));
    assert_eq!(current(&scene), [("2026.11".to_owned(), true)]);
    assert_eq!(scene.on_vault(&["import", &file]).json()["taken"], true);
    assert_eq!(current(&scene), [("2026.12".to_owned(), true), ("2026.11".to_owned(), false)]);
    let list = scene.checklist();
    assert_eq!(list["pack"], format!("{PACK} 2026.12"));
}

#[test]
fn one_can_go_back_to_an_earlier_version() {
    let scene = Scene::new().trusting();
    let file = scene.newer("2026.12", stricter);
    let _ = scene.on_vault(&["import", &file]).done();
    let _ = scene.on_vault(&["choose", PACK, "2026.11"]).done();
    assert_eq!(current(&scene), [("2026.12".to_owned(), false), ("2026.11".to_owned(), true)]);
    assert_eq!(scene.checklist()["pack"], format!("{PACK} 2026.11"));
    let found = scene.on_vault(&["recheck", "--dossier", "test", "--version", "2026.12"]).json();
    assert_eq!(found["other"], "2026.12");
    assert_eq!(found["change"][0]["id"], "composition-test-report");
    let _ =
        scene.on_vault(&["recheck", "--dossier", "test", "--version", "2026.12", "--adopt"]).done();
    assert_eq!(scene.checklist()["pack"], format!("{PACK} 2026.12"));
}

#[test]
fn a_pack_that_nobody_vouches_for_is_refused_and_nothing_changes() {
    let scene = Scene::new();
    let file = scene.newer("2026.12", stricter);
    scene.on_vault(&["import", &file]).refused(3, "pack-by-stranger", "signed by somebody");
    let scene = scene.trusting();
    // One byte more, in a sentence: what was signed is another text.
    let whole = fs::read(&file).unwrap();
    let mut altered = whole.clone();
    let at = altered.windows(8).position(|bytes| bytes == b"supplier").unwrap();
    altered[at] = b'S';
    fs::write(&file, &altered).unwrap();
    scene.on_vault(&["import", &file]).refused(3, "pack-altered", "A publisher");
    fs::write(&file, &whole).unwrap();
    let signature = format!("{file}.minisig");
    let kept = fs::read(&signature).unwrap();
    fs::remove_file(&signature).unwrap();
    scene.on_vault(&["import", &file]).refused(3, "pack-unsigned", "2026.12.lanthanpack.minisig");
    fs::write(&signature, "no signature").unwrap();
    scene.on_vault(&["import", &file]).refused(3, "pack-unsigned", "2026.12.lanthanpack.minisig");
    fs::write(&signature, kept).unwrap();
    assert_eq!(current(&scene), [("2026.11".to_owned(), true)]);
    let key = scene.key();
    let _ = scene.on_vault(&["distrust", "--key", &key]).done();
    scene.on_vault(&["import", &file]).refused(3, "pack-by-stranger", "signed by somebody");
}

#[test]
fn an_older_pack_or_the_same_is_refused() {
    let scene = Scene::new().trusting();
    let file = scene.newer("2026.9", |_| ());
    scene.on_vault(&["import", &file]).refused(3, "pack-older", "2026.9");
    let file = scene.newer("2026.12", |_| ());
    let _ = scene.on_vault(&["import", &file]).done();
    scene.on_vault(&["import", &file]).refused(3, "pack-older", "2026.12");
}

#[test]
fn the_author_is_told_every_fault_with_its_file_its_line_and_what_mends_it() {
    let scene = Scene::new();
    scene.newer("2026.12", |_| ());
    let folder = scene.at("source-2026.12");
    let line_of = |file: &str, words: &str| {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        text.lines().position(|line| line.contains(words)).unwrap() + 1
    };
    // File, what stands there, what is written instead, what the refusal says of it and of the mending.
    for (file, from, to, says) in [
        (
            "pack.toml",
            "tier = \"1\"",
            "tier = \"1\"\ncolour = \"red\"",
            "unknown field `colour`, expected one of",
        ),
        (
            "pack.toml",
            "\"general-licence\"\ntier",
            "\"general-license\"\ntier",
            "unknown variant `general-license`, expected one of `in-scope`",
        ),
        (
            "pack.toml",
            "[\"requested\", \"japan\"]",
            "[\"requested\", \"jpn\"]",
            "unknown variant `jpn`",
        ),
        (
            "pack.toml",
            "id = \"importer-introduction\"",
            "id = \"end-user-introduction\"",
            "stands twice: give one of them another id",
        ),
        (
            "pack.toml",
            "sources = [\"decree-792-14\"",
            "sources = [\"nowhere\"",
            "cites nowhere, which is not listed: add it to [sources]",
        ),
        (
            "pack.toml",
            "[\"2025-11-09\", \"2026-11-27\"]",
            "[\"2027-11-09\", \"2026-11-27\"]",
            "ends before it begins: the first day stands first",
        ),
        ("pack.toml", "verified-on = \"2026", "verified-on = \"2026-13", "pack.toml"),
        (
            "zh.toml",
            "[requirement.item-photos]\ntitle",
            "[requirement.item-photos]\nother",
            "is missing in Chinese: write it in zh.toml",
        ),
        (
            "scope.toml",
            "contains = [\"Dy\", \"Tb\"]",
            "contains = [\"Dy\", \"Xx\"]",
            "names the element Xx, which goods.toml lacks: add",
        ),
        (
            "checks.toml",
            "id = \"names\"",
            "id = \"namen\"",
            "is none that this program can make: take it out",
        ),
    ] {
        edit(&folder.join(file), from, to);
        let ran = cli::run(args!["pack", "check", folder]);
        ran.refused(3, "pack-refused", says);
        // A text that one language lacks is named where the other language has it.
        let at = if file == "zh.toml" { "en.toml" } else { file };
        assert!(ran.err.contains(at) && ran.err.contains("line "), "{}", ran.err);
        edit(&folder.join(file), to, from);
    }
    let twice = "id = \"end-user-introduction\"";
    edit(&folder.join("pack.toml"), "id = \"importer-introduction\"", twice);
    let ran = cli::run(args!["pack", "check", folder]);
    let last = line_of("pack.toml", "id = \"party-chain-diagram\"");
    let named = ran.err.split("pack.toml, line ").nth(1).and_then(|rest| rest.split(':').next());
    let named: usize = named.and_then(|line| line.parse().ok()).unwrap_or_default();
    let first = line_of("pack.toml", twice);
    assert!((first + 1..last).contains(&named), "line {named} is not the second one: {}", ran.err);
}

#[test]
fn a_newer_pack_that_renames_a_point_is_refused_unless_it_names_the_successor() {
    let scene = Scene::new().trusting();
    let rename = |folder: &Path| {
        for file in ["pack.toml", "en.toml", "zh.toml"] {
            let text = fs::read_to_string(folder.join(file)).unwrap();
            let text = text.replace("item-photos", "pictures-of-the-item");
            fs::write(folder.join(file), text).unwrap();
        }
    };
    let file = scene.newer("2026.12", rename);
    let ran = scene.on_vault(&["import", &file]);
    ran.refused(
        3,
        "pack-refused",
        "requirement item-photos of 2026.11 is not there any more: keep it",
    );
    assert_eq!(current(&scene), [("2026.11".to_owned(), true)]);
    let file = scene.newer("2026.13", |folder| {
        let text = fs::read_to_string(folder.join("pack.toml")).unwrap();
        let at = text.find("[[requirement]]\nid = \"item-photos\"").unwrap();
        let end = at + 1 + text[at + 1..].find("[[requirement]]").unwrap();
        let old =
            text[at..end].trim_end().to_owned() + "\nreplaced-by = \"finished-product-photos\"\n\n";
        fs::write(folder.join("pack.toml"), text.replace(&text[at..end], &old)).unwrap();
    });
    let vanish = scene.on_vault(&["import", &file]).done().json()["vanish"].clone();
    assert_eq!(vanish[0]["id"], "item-photos");
}

#[test]
fn an_overlay_adds_what_a_country_is_asked_and_can_be_taken_off() {
    let scene = Scene::new();
    let on = |words: &[&str]| {
        let mut all = vec!["overlay", "--dossier", "test"];
        all.extend(words);
        scene.on_vault(&all).json()
    };
    let all = on(&[]);
    let ids: Vec<&str> =
        all.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    let carried = [
        "cn-provincial-form",
        "in-dual-authentication",
        "jp-supply-chain",
        "supplier-added-clauses",
    ];
    assert_eq!(ids, carried);
    let has = |id: &str| {
        let list = scene.checklist();
        list["lines"].as_array().unwrap().iter().any(|line| line["id"] == id)
    };
    assert!(!has("japan-supply-chain-annex"));
    assert_eq!(on(&["jp-supply-chain"])[2]["chosen"], true);
    assert!(has("japan-supply-chain-annex") && !has("india-double-authentication"));
    assert_eq!(on(&["--none"])[2]["chosen"], false);
    assert!(!has("japan-supply-chain-annex"));
    // A province and a supplier ask side by side.
    let two = on(&["cn-provincial-form", "supplier-added-clauses"]);
    assert!(two[0]["chosen"] == true && two[3]["chosen"] == true, "{two}");
    assert!(has("provincial-form-confirmed") && has("supplier-clauses-agreed"));
    let unknown = scene.on_vault(&["overlay", "--dossier", "test", "nowhere"]);
    unknown.refused(3, "unknown-overlay", "nowhere");
}

/// Takes a part that a pack may leave out away, and what rests on it.
fn without(folder: &Path, parts: &[&str]) {
    for part in parts {
        fs::remove_file(folder.join(part)).unwrap();
    }
}

#[test]
fn only_the_dossiers_that_a_new_pack_touches_are_named() {
    let scene = Scene::new().trusting();
    let channel = OpenDossier::small().put("/id", json!("channel")).put("/title", json!("Channel"));
    let channel =
        channel.put("/situation", json!({"general-licence": true, "watch-listed": false}));
    let _ = scene.vault.load(&channel.write(&scene.at("channel"))).done();
    let file = scene.newer("2026.12", |folder| {
        let narrower = "when = { all = [\"general-licence\", \"watch-listed\"] }";
        edit(&folder.join("pack.toml"), "when = \"general-licence\"", narrower);
    });
    let looked = scene.on_vault(&["import", &file, "--dry-run"]).json();
    let change =
        json!([{"id": "general-licence-supplement", "before": "missing", "now": "not-applicable"}]);
    let touched = looked["touched"].as_array().unwrap();
    assert_eq!(touched.len(), 1, "{touched:#?}");
    assert_eq!((&touched[0]["dossier"], &touched[0]["changes"]), (&json!("channel"), &change));
    let told = scene.vault.run(args!["pack", "import", &file, "--dry-run"]).done().out;
    assert!(told.contains("Channel") && !told.contains("Test order"), "{told}");
}

#[test]
fn a_pack_without_tables_or_scope_rules_says_so_and_serves_all_else() {
    let scene = Scene::new().trusting();
    let file = scene.newer("2026.12", |folder| without(folder, &["scope.toml", "goods.toml"]));
    let _ = scene.on_vault(&["import", &file]).done();
    let _ = scene.on_vault(&["recheck", "--dossier", "test", "--adopt"]).done();
    let list = scene.checklist();
    assert_eq!(list["pack"], format!("{PACK} 2026.12"), "the checklist is there as ever");
    let before = scene.vault.snapshot();
    let out = scene.at("page");
    let scope = |more: &[&str]| {
        let words = args!["scope", "--dossier", "test"].into_iter();
        scene.vault.run(words.chain(more.iter().map(Into::into)).collect())
    };
    for more in [&[][..], &["--adopt"], &["--out", out.to_str().unwrap()]] {
        let ran = scope(more);
        ran.refused(3, "no-scope-rules", "2026.12");
        ran.advises("no-scope-rules");
    }
    assert!(!out.exists());
    lanthan_tests::folder::unchanged(&scene.vault.snapshot(), &before, "the vault");
    let _ = scene.on_vault(&["choose", PACK, "2026.11"]).done();
    let _ = scene.on_vault(&["recheck", "--dossier", "test", "--adopt"]).done();
    assert_eq!(scope(&["--json"]).done().json()["verdict"], "unknown");
}

#[test]
fn a_dossier_keeps_its_pack_when_it_moves_to_another_vault() {
    let scene = Scene::new().trusting();
    let file = scene.newer("2026.12", stricter);
    let _ = scene.on_vault(&["import", &file]).done();
    let copy = scene.at("copy.lanthan");
    let with = |words: Vec<std::ffi::OsString>| {
        let mut all = args!["vault"];
        all.extend(words);
        all.extend(args!["--passphrase-file", scene.vault.passphrase_file()]);
        let _ = cli::run(all).done();
    };
    with(args!["backup", scene.vault.folder(), "--out", copy]);
    with(args!["check", copy]);
    let versions = cli::run(args![
        "pack",
        "list",
        "--vault",
        copy,
        "--passphrase-file",
        scene.vault.passphrase_file(),
        "--json"
    ]);
    assert_eq!(versions.json()[0]["version"], "2026.12");
}
