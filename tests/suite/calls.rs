//! What does the terminal program answer to calls that it does not understand?

use lanthan_tests::{args, cli, dossier::OpenDossier, project, vault::TestVault};

#[track_caller]
fn is_usage(ran: &cli::Ran, says: &str) {
    assert_eq!(ran.exit, 2, "{} said:\n{}{}", ran.call, ran.out, ran.err);
    assert_eq!(ran.out, "");
    assert!(ran.err.contains(says), "{}: no \"{says}\" in:\n{}", ran.call, ran.err);
}

#[test]
fn an_unknown_command_or_argument_is_named() {
    is_usage(&cli::run(args!["publish"]), "publish");
    is_usage(&cli::run(args!["pack", "colour"]), "colour");
    is_usage(&cli::run(args!["verify", "--colour", "blue"]), "--colour");
    is_usage(&cli::run(args!["release", "--day", "2026-02-30"]), "2026-02-30");
}

#[test]
fn a_passphrase_is_never_an_argument() {
    let call = args!["dossier", "list", "--vault", "any.lanthan", "--passphrase", "secret"];
    is_usage(&cli::run(call), "--passphrase");
}

#[test]
fn without_a_terminal_and_a_file_the_ways_to_give_a_passphrase_are_named() {
    let vault = TestVault::new();
    let ran = cli::run(args!["dossier", "list", "--vault", vault.folder()]);
    is_usage(&ran, "--passphrase-file");
    assert!(ran.err.contains("LANTHAN_PASSPHRASE_FILE"));
}

#[test]
fn the_passphrase_may_come_from_the_environment() {
    let vault = TestVault::new();
    let call = cli::Call::new(args!["dossier", "list", "--vault", vault.folder()]);
    let ran = call.env("LANTHAN_PASSPHRASE_FILE", vault.passphrase_file()).run().done();
    assert_eq!(ran.out, "no dossiers yet\n");
}

#[test]
fn a_dossier_or_party_that_is_not_there_is_named() {
    let vault = TestVault::with(&OpenDossier::small());
    let ran = vault.run(args!["checklist", "--dossier", "elsewhere"]);
    ran.refused(2, "no-such-dossier", "elsewhere");
    let ran = vault.run(args!["checklist", "--dossier", "No Id"]);
    ran.refused(2, "bad-id", "No Id");
    let out = vault.beside("out");
    vault.release("nobody", &out).refused(2, "no-such-recipient", "nobody");
    assert!(!out.exists());
}

#[test]
fn help_goes_to_standard_output_and_is_no_error() {
    for call in [args!["--help"], args!["help", "release"], args!["--version"]] {
        let ran = cli::run(call).done();
        assert!(ran.out.contains("lanthan-cli"), "{}", ran.out);
        assert_eq!(ran.err, "");
    }
}

#[test]
fn every_command_of_the_manual_exists() {
    let manual = project::text("src-tauri/cli/README.md");
    let block = manual.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    let lines: Vec<&str> = block.lines().collect();
    assert!(lines.len() >= 9, "the manual lists commands");
    for line in lines {
        let words = line.split("  ").next().unwrap().split(' ').skip(1);
        let words = words.take_while(|word| word.chars().all(|c| c.is_ascii_lowercase()));
        let _ = cli::run(std::iter::once("help").chain(words)).done();
    }
}
