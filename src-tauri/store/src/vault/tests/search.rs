//! What was typed is found, as long as it is there.

use lanthan_core::search::{Kind, Passage};

use super::*;
use crate::{Query, StoredDossier};

fn passage(kind: Kind, id: &str, title: &str, text: &str) -> Passage {
    Passage { kind, id: id.to_owned(), title: title.to_owned(), text: text.to_owned() }
}

fn learn(vault: &mut Vault, id: &str, expected: Option<u64>, fresh: Vec<Passage>) -> u64 {
    forget(vault, id, expected, fresh, Vec::new())
}

fn forget(
    vault: &mut Vault,
    id: &str,
    expected_revision: Option<u64>,
    fresh: Vec<Passage>,
    gone: Vec<(Kind, String)>,
) -> u64 {
    let saved = vault.save_dossier(Save {
        id: &dossier(id),
        title: "Sample order",
        body: "body",
        day: DAY,
        expected_revision,
        exhibits: &[],
        search: &Changes { gone, fresh },
    });
    saved.unwrap()
}

fn found(vault: &Vault, typed: &str) -> Vec<String> {
    let found = vault.find(&Query::new(typed), 20).unwrap();
    found.into_iter().map(|one| format!("{}/{}", one.dossier, one.passage.id)).collect()
}

/// Every word that the index knows.
fn words(vault: &Vault) -> Vec<String> {
    let conn = vault.database.read().unwrap();
    conn.execute_batch(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.known USING fts5vocab(main, passage_words, row)",
    )
    .unwrap();
    let mut statement = conn.prepare("SELECT term FROM known").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn words_of_every_script_are_found_in_titles_and_texts() {
    let (_place, _folder, mut vault, _) = new_vault();
    let hall = passage(Kind::Exhibit, "hall", "Größe der Halle", "双方签订保密契约\nIMG_7.jpg");
    let city = passage(Kind::Party, "city", "Łódź Works", "工程 机电工程项目");
    learn(&mut vault, "one", None, vec![hall, city]);
    for (typed, wanted) in [
        ("grosse", "one/hall"),
        ("GRÖSSE halle", "one/hall"),
        ("契约", "one/hall"),
        ("保密", "one/hall"),
        ("密", "one/hall"),
        ("img", "one/hall"),
        ("img_7.jpg", "one/hall"),
        ("lodz", "one/city"),
        ("工程", "one/city"),
        ("机电工程", "one/city"),
        ("目", "one/city"),
    ] {
        assert_eq!(found(&vault, typed), [wanted], "{typed}");
    }
    for typed in ["rösse", "契密", "lodz grosse", "", "\"", "*", "title:lodz"] {
        assert_eq!(found(&vault, typed), <[String; 0]>::default(), "{typed}");
    }
}

#[test]
fn what_is_typed_is_never_a_command() {
    let (_place, _folder, mut vault, _) = new_vault();
    learn(&mut vault, "one", None, vec![passage(Kind::Dossier, "", "near a NOT b OR c", "")]);
    for typed in ["NEAR(a b)", "a NOT b", "-a", "\"a", "a*", "^near", "(a", "a AND OR", "b OR"] {
        vault.find(&Query::new(typed), 5).unwrap();
    }
    assert_eq!(found(&vault, "a OR b"), ["one/"]);
    assert_eq!(found(&vault, "x OR a"), <[String; 0]>::default());
}

#[test]
fn a_title_counts_more_than_a_text_and_the_number_is_kept() {
    let (_place, _folder, mut vault, _) = new_vault();
    let mut all = vec![passage(Kind::Exhibit, "named", "Magnet", "about something else")];
    for number in 0..30 {
        all.push(passage(Kind::Exhibit, &format!("e{number}"), "Photo", "a magnet and more"));
    }
    learn(&mut vault, "one", None, all);
    let first = vault.find(&Query::new("magnet"), 7).unwrap();
    assert_eq!(first.len(), 7);
    assert_eq!(first[0].passage.id, "named");
    assert_eq!(first[0].dossier_title, "Sample order");
}

#[test]
fn what_is_changed_or_gone_is_found_as_it_is_now() {
    let (_place, _folder, mut vault, _) = new_vault();
    let revision =
        learn(&mut vault, "one", None, vec![passage(Kind::Exhibit, "a", "Falkenbrise", "")]);
    let revision = learn(
        &mut vault,
        "one",
        Some(revision),
        vec![passage(Kind::Exhibit, "a", "Rotmilan", ""), passage(Kind::Exhibit, "b", "Amsel", "")],
    );
    assert_eq!(found(&vault, "falkenbrise"), <[String; 0]>::default());
    assert_eq!(found(&vault, "rotmilan"), ["one/a"]);
    // The words that were taken out are not in the index either.
    assert!(!words(&vault).iter().any(|word| word.starts_with("falken")));
    forget(&mut vault, "one", Some(revision), vec![], vec![(Kind::Exhibit, "b".to_owned())]);
    assert_eq!(found(&vault, "amsel"), <[String; 0]>::default());
    let back = passage(Kind::Exhibit, "b", "Amsel", "");
    let again = Changes { gone: Vec::new(), fresh: vec![back] };
    vault.undo_dossier(&dossier("one"), &|_| Some(again.clone())).unwrap().unwrap();
    assert_eq!(found(&vault, "amsel"), ["one/b"]);
    vault.undo_dossier(&dossier("one"), &|_| None).unwrap().unwrap();
    assert_eq!(words(&vault), <[String; 0]>::default());
}

#[test]
fn nothing_of_a_dossier_that_was_given_up_is_in_the_index() {
    let (_place, _folder, mut vault, _) = new_vault();
    for id in ["one", "two"] {
        let name = format!("Secret {id}");
        learn(&mut vault, id, None, vec![passage(Kind::Party, "p", &name, "")]);
    }
    vault.delete_dossier(&dossier("one")).unwrap();
    assert_eq!(found(&vault, "secret"), ["two/p"]);
    assert_eq!(words(&vault), ["secret", "two"]);
    vault.database.check().unwrap();
}

#[test]
fn an_index_that_is_missing_or_older_is_made_anew_from_the_dossiers() {
    let (_place, folder, mut vault, _) = new_vault();
    let by_body = |stored: &StoredDossier| vec![passage(Kind::Dossier, "", &stored.body, "")];
    assert!(!vault.is_searchable().unwrap());
    vault.make_searchable(&by_body).unwrap();
    assert!(vault.is_searchable().unwrap());
    save(&mut vault, "one", "Falkenbrise", None, &[]).unwrap();
    let set = "UPDATE passage_state SET words = 9999";
    vault.database.write(|tx| Ok(tx.execute(set, [])?)).unwrap();
    vault.close().unwrap();
    let mut vault = reopen(&folder);
    assert!(!vault.is_searchable().unwrap());
    vault.make_searchable(&by_body).unwrap();
    assert!(vault.is_searchable().unwrap());
    assert_eq!(found(&vault, "falkenbrise"), ["one/"]);
    vault.make_searchable(&|_| Vec::new()).unwrap();
    assert_eq!(words(&vault), <[String; 0]>::default());
}

#[test]
fn the_index_finds_what_a_look_at_every_passage_finds() {
    let (_place, _folder, mut vault, _) = new_vault();
    let stems =
        ["Größe", "保密契约", "Łódź", "N38SH磁环", "PO-2026-17", "工程", "magnet", "한국어"];
    let all: Vec<Passage> = (0..64)
        .map(|number: usize| {
            let text = format!("{} {}", stems[number % 8], stems[number / 8]);
            passage(Kind::Exhibit, &format!("e{number}"), stems[(number * 3) % 8], &text)
        })
        .collect();
    learn(&mut vault, "one", None, all.clone());
    for typed in [
        "gro",
        "契约",
        "保密契",
        "n38sh磁",
        "磁环",
        "po-2026",
        "2026-17",
        "工程 magnet",
        "국어",
        "한",
        "lodz 保密",
        "17",
        "sh",
        "约",
        "magnet g",
    ] {
        let query = Query::new(typed);
        let mut wanted: Vec<String> = all
            .iter()
            .filter(|passage| query.matches(&passage.title, &passage.text))
            .map(|passage| format!("one/{}", passage.id))
            .collect();
        let found = vault.find(&query, 100).unwrap();
        let mut found: Vec<String> =
            found.iter().map(|one| format!("{}/{}", one.dossier, one.passage.id)).collect();
        wanted.sort();
        found.sort();
        assert_eq!(found, wanted, "{typed}");
    }
}
