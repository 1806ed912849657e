//! Does the project keep its own rules?
//!
//! Each rule stands in ARCHITECTURE.md or in the lint tables; here it is held. Deliberately absent:
//! what rustfmt, clippy and svelte-check already say.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use lanthan_tests::{
    project::{files, files_ending, root, text},
    source::code_only,
    start,
};
use serde_json::Value;

/// Who may know whom inside the project. What is not named here may know everybody.
const EDGES: &[(&str, &[&str])] = &[
    ("lanthan-core", &[]),
    ("lanthan-store", &["lanthan-core"]),
    ("lanthan-media", &["lanthan-core"]),
    ("lanthan-package", &["lanthan-core"]),
    ("lanthan-api", &["lanthan-core", "lanthan-media", "lanthan-package", "lanthan-store"]),
    ("lanthan-cli", &["lanthan-api", "lanthan-core"]),
    ("lanthan", &["lanthan-api", "lanthan-core"]),
    ("xtask", &[]),
    ("make-sample", &["lanthan-core"]),
];

/// Which crates from outside only some may know.
const RESERVED: &[(&str, &[&str])] = &[
    ("tauri", &["lanthan"]),
    ("rusqlite", &["lanthan-store"]),
    ("typst", &["lanthan-package"]),
    ("printpdf", &["lanthan-package", "make-sample"]),
    ("krilla", &["lanthan-package"]),
    ("lopdf", &["lanthan-package", "lanthan-media", "make-sample", "lanthan-tests"]),
    ("hayro", &["lanthan-media"]),
    ("image", &["lanthan-media"]),
    ("kamadak-exif", &["lanthan-media"]),
    ("fast_image_resize", &["lanthan-media"]),
    ("turbojpeg", &["lanthan-media", "make-sample", "lanthan-tests"]),
    ("clap", &["lanthan-cli"]),
    ("csv", &["lanthan-media"]),
    ("encoding_rs", &["lanthan-media"]),
];

/// All that the domain may know from outside: words and data.
const CORE: &[&str] = &["jiff", "proptest", "serde", "serde_json", "strsim", "thiserror", "toml"];

/// What may stand at the top beside names that begin with a dot.
const TOP: &[&str] = &[
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "assets",
    "src-tauri",
    "tauri.conf.json",
    "tests",
    "ui",
];

fn metadata() -> Value {
    let args = ["metadata", "--offline", "--no-deps", "--locked", "--format-version", "1"];
    let answer = start::answer(Command::new(env!("CARGO")).args(args).current_dir(root())).unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    serde_json::from_slice(&answer.stdout).unwrap()
}

/// Every package of the project with the names of everything it depends on.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let name = |value: &Value| value["name"].as_str().unwrap().to_owned();
    metadata()["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| {
            let needs = package["dependencies"].as_array().unwrap();
            (name(package), needs.iter().map(name).collect())
        })
        .collect()
}

fn is_generated(path: &str) -> bool {
    path.starts_with("ui/src/ipc/generated/")
}

fn is_test(path: &str) -> bool {
    path.starts_with("tests/")
        || path.ends_with("/tests.rs")
        || path.contains("/tests/")
        || path.contains("/testing/")
        || path.contains(".test.")
}

/// Complains about everything at once.
#[track_caller]
fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n  {}\n", faults.join("\n  "));
}

#[test]
fn dependencies_run_right_only() {
    let known = dependencies();
    let mut faults = Vec::new();
    for (package, allowed) in EDGES {
        let Some(needs) = known.get(*package) else {
            faults.push(format!("there is no package {package}"));
            continue;
        };
        let inside = needs.iter().filter(|name| known.contains_key(*name));
        for name in inside.filter(|name| !allowed.contains(&name.as_str())) {
            faults.push(format!("{package} must not know {name}"));
        }
    }
    none(faults);
}

#[test]
fn only_the_crate_that_owns_a_library_names_it() {
    let mut faults = Vec::new();
    for (package, needs) in dependencies() {
        for need in &needs {
            let family = |name: &str| *need == name || need.starts_with(&format!("{name}-"));
            for (_, owners) in RESERVED.iter().filter(|(name, _)| family(name)) {
                if !owners.contains(&package.as_str()) {
                    faults.push(format!("{package} must not know {need}"));
                }
            }
            if package == "lanthan-core" && !CORE.contains(&need.as_str()) {
                faults.push(format!("the domain must not know {need}"));
            }
        }
    }
    none(faults);
}

#[test]
fn no_crate_that_could_open_a_connection_is_in_the_tree() {
    let deny: toml::Table = text(".deny.toml").parse().unwrap();
    let banned: BTreeSet<&str> = deny["bans"]["deny"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["crate"].as_str().unwrap())
        .collect();
    assert!(banned.contains("reqwest") && banned.len() > 10, "the list is read");
    let mut faults = Vec::new();
    let systems = deny["graph"]["targets"].as_array().unwrap();
    let mut judged = 0;
    for system in systems.iter().map(|system| system.as_str().unwrap()) {
        // Cargo.lock also names what only telephones would need, so the tree of each system is asked.
        let args = ["tree", "--offline", "--locked", "--workspace", "--all-features"];
        let mut tree = Command::new(env!("CARGO"));
        tree.args(args).args(["--edges", "all", "--prefix", "none", "--target", system]);
        let answer = start::answer(tree.current_dir(root())).unwrap();
        if !answer.status.success() {
            // Packages that only another system needs may never have been downloaded here.
            println!("{system}: not judged: {}", String::from_utf8_lossy(&answer.stderr));
            continue;
        }
        judged += 1;
        let tree = String::from_utf8(answer.stdout).unwrap();
        let names = tree.lines().filter_map(|line| line.split(' ').next());
        let found: BTreeSet<&str> = names.filter(|name| banned.contains(name)).collect();
        faults.extend(found.iter().map(|name| format!("{name} on {system}")));
    }
    assert!(judged > 0, "no system could be judged");
    none(faults);
}

#[test]
fn every_package_comes_from_the_public_registry() {
    let lock: toml::Table = text("Cargo.lock").parse().unwrap();
    let public = "registry+https://github.com/rust-lang/crates.io-index";
    let mut faults = Vec::new();
    for package in lock["package"].as_array().unwrap() {
        let source = package.get("source").and_then(toml::Value::as_str);
        if source.is_some_and(|source| source != public) {
            faults.push(package.to_string());
        }
    }
    let npm: Value = serde_json::from_str(&text("ui/package-lock.json")).unwrap();
    for (name, package) in npm["packages"].as_object().unwrap() {
        let from = package["resolved"].as_str().unwrap_or("https://registry.npmjs.org/");
        if !from.starts_with("https://registry.npmjs.org/") {
            faults.push(format!("{name} is resolved elsewhere"));
        }
    }
    none(faults);
}

#[test]
fn nobody_names_a_network_type_or_an_unsafe_block() {
    let mut faults = Vec::new();
    for path in files_ending(&[".rs"]) {
        for (number, line) in (1..).zip(code_only(&text(path)).lines()) {
            let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
            // The test of the socket lock must try to break it.
            let net = line.contains("std::net") && path != "src-tauri/src/lockdown.rs";
            // The lint table forbids it as well; this holds even where somebody loosens that.
            if net || words.contains(&"unsafe") {
                faults.push(format!("{path}:{number}: {}", line.trim()));
            }
        }
    }
    none(faults);
}

#[test]
fn the_window_asks_nobody_but_the_program() {
    let askers = ["fetch(", "XMLHttpRequest", "WebSocket(", "EventSource(", "sendBeacon("];
    let mut faults = Vec::new();
    for path in files_ending(&[".ts", ".svelte", ".html"]).filter(|p| p.starts_with("ui/")) {
        if is_generated(path) {
            continue;
        }
        let text = text(path);
        for asker in askers.iter().filter(|asker| text.contains(**asker)) {
            faults.push(format!("{path} calls {asker}"));
        }
        if !is_test(path) && (text.contains("http://") || text.contains("https://")) {
            let ours = ["http://lanthan.localhost", "http://www.w3.org/2000/svg"];
            let left = ours.iter().fold(text, |text, known| text.replace(known, ""));
            if left.contains("http://") || left.contains("https://") {
                faults.push(format!("{path} holds an address"));
            }
        }
    }
    none(faults);
}

#[test]
fn no_file_is_longer_than_somebody_can_read() {
    let mut faults = Vec::new();
    let endings = [".rs", ".ts", ".mjs", ".svelte", ".css", ".typ"];
    for path in files_ending(&endings).filter(|path| !is_generated(path)) {
        let limit = match path {
            _ if path.ends_with(".svelte") => 200,
            _ if is_test(path) => 600,
            _ => 400,
        };
        let lines = text(path).lines().count();
        if lines > limit {
            faults.push(format!("{path} has {lines} lines; at most {limit}"));
        }
    }
    none(faults);
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    let mut faults = Vec::new();
    for path in files_ending(&[".rs", ".ts", ".mjs", ".svelte"]) {
        if is_generated(path) || path.ends_with(".test.ts") {
            continue;
        }
        let opening = match path.rsplit_once('.').unwrap().1 {
            "rs" => "//! ",
            "svelte" => "<!--\n@component\n",
            _ => "// ",
        };
        if !text(path).starts_with(opening) {
            faults.push(path.to_owned());
        }
    }
    none(faults);
}

#[test]
fn nothing_is_put_off() {
    // Put together, so that this file does not find itself.
    let marks = ["TO#DO", "FIX#ME", "XX#X", "HA#CK", "todo#!(", "unimple#mented!("];
    let marks = marks.map(|mark| mark.replace('#', ""));
    let mut faults = Vec::new();
    let endings = [".rs", ".ts", ".mjs", ".svelte", ".css", ".md", ".toml", ".typ"];
    for path in files_ending(&endings) {
        for (number, line) in (1..).zip(text(path).lines()) {
            if marks.iter().any(|mark| line.contains(mark.as_str())) {
                faults.push(format!("{path}:{number}: {}", line.trim()));
            }
        }
    }
    none(faults);
}

#[test]
fn nothing_tells_of_the_machine_that_it_was_made_on() {
    let traces = [
        "/ro#ot/",
        "/wo#rk/",
        "/Us#ers/",
        "C:\\Us#ers",
        "\"/ho#me/",
        " /ho#me/",
        "file:/#//",
        "arti#factory",
        "jf#rog",
        "npm#mirror",
        "crates-#mirror",
        "verd#accio",
        "//10#.",
        "//192#.168.",
        "//172#.1",
    ];
    let traces = traces.map(|trace| trace.replace('#', ""));
    // Whose folders the invented ones are in tests of the window.
    let invented = ["/home/purchasing/", "/home/me/", "/home/a"];
    let mut faults = Vec::new();
    for path in files() {
        // Pictures, fonts and papers are not text and are judged elsewhere.
        let Ok(text) = std::fs::read_to_string(root().join(path)) else { continue };
        let text = invented.iter().fold(text, |text, known| text.replace(known, ""));
        for trace in traces.iter().filter(|trace| text.contains(trace.as_str())) {
            faults.push(format!("{path} holds {trace}"));
        }
    }
    none(faults);
}

/// Words by which law would show in code. They stand in packs and calendars, each with its source.
const LAW: [&str; 9] =
    ["MOFCOM", "Decree", "decree", "公告", "条例", "商务部", "海关总署", "dysprosium", "镝"];

/// The numbers of the law that are no other numbers: periods in working days, the decree.
const LAW_NUMBERS: [&str; 2] = ["45", "792"];

fn law_in(code: &str) -> Option<&str> {
    let is_announcement = |word: &str| {
        let (number, year) = word.split_once('/').or_else(|| word.split_once('-')).unzip();
        let digits = |text: Option<&str>, most: usize| {
            text.is_some_and(|text| {
                (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
            })
        };
        digits(number, 2) && digits(year, 4) && year.is_some_and(|year| year.starts_with("20"))
    };
    let mut words = code.split(|c: char| !c.is_alphanumeric() && !"./-".contains(c));
    let number = words.find(|word| LAW_NUMBERS.contains(word) || is_announcement(word));
    LAW.into_iter().find(|word| code.contains(word)).or(number)
}

#[test]
fn no_legal_number_and_no_name_of_a_law_stands_in_code() {
    let mut faults = Vec::new();
    for path in files_ending(&[".rs", ".ts", ".svelte"]) {
        let product = path.starts_with("src-tauri/") || path.starts_with("ui/src/");
        let kept = is_test(path) || is_generated(path) || path.contains("/testing/");
        if !product || kept || path.ends_with(".test.ts") {
            continue;
        }
        let whole = text(path);
        let code = whole.split("#[cfg(test)]").next().unwrap();
        for (number, line) in (1..).zip(code.lines()) {
            let line = line.split("//").next().unwrap();
            if let Some(found) = law_in(line) {
                faults.push(format!("{path}:{number} says {found}: it belongs into a pack"));
            }
        }
    }
    none(faults);
    assert_eq!(law_in("period(45)"), Some("45"));
    assert_eq!(law_in("\"No. 18/2025\""), Some("18/2025"));
    assert_eq!(law_in("450 + 1.45"), None);
}

#[test]
fn the_top_level_holds_what_architecture_md_says() {
    let found: BTreeSet<&str> =
        files().iter().map(|path| path.split('/').next().unwrap()).collect();
    let strange = found.iter().filter(|name| !name.starts_with('.') && !TOP.contains(name));
    none(strange.map(|name| format!("{name} does not belong at the top")).collect());
    let missing = TOP.iter().filter(|name| !found.contains(*name));
    none(missing.map(|name| format!("{name} is missing at the top")).collect());
}

#[test]
fn every_file_of_the_suite_is_part_of_it() {
    let main = text("tests/suite/main.rs");
    let inside = files_ending(&[".rs"]).filter_map(|path| path.strip_prefix("tests/suite/"));
    let forgotten = inside
        .filter_map(|name| name.strip_suffix(".rs"))
        .filter(|word| *word != "main" && !main.contains(&format!("mod {word};")));
    none(forgotten.map(str::to_owned).collect());
}

#[test]
fn every_command_of_the_window_is_registered() {
    let registered = text("src-tauri/src/commands/mod.rs");
    let mut faults = Vec::new();
    let screens = files_ending(&[".rs"])
        .filter_map(|path| Some((path, path.strip_prefix("src-tauri/src/commands/")?)));
    for (path, name) in screens {
        let screen = name.trim_end_matches(".rs");
        let text = text(path);
        for after in text.split("#[tauri::command").skip(1) {
            let function = after.split("fn ").nth(1).and_then(|rest| rest.split('(').next());
            let command = format!("{screen}::{}", function.unwrap_or("?"));
            if !registered.contains(&format!("{command},")) {
                faults.push(command);
            }
        }
    }
    none(faults);
}
