//! A chain that only grows.

use super::*;
use crate::{LedgerHead, LedgerLine};

fn append(vault: &mut Vault, id: &str, summary: &str) -> LedgerHead {
    let line = LedgerLine {
        day: DAY,
        dossier: dossier(id),
        recipient: "supplier".to_owned(),
        kind: "release".to_owned(),
        summary_json: summary.to_owned(),
    };
    vault.append_ledger(&line).unwrap()
}

fn three() -> (TempDir, PathBuf, Vault) {
    let (place, folder, mut vault, _) = new_vault();
    for (id, summary) in [("one", "{\"a\":1}"), ("two", "{}"), ("one", "{\"a\":2}")] {
        append(&mut vault, id, summary);
    }
    (place, folder, vault)
}

#[test]
fn lines_are_numbered_chained_and_read_back() {
    let (_place, folder, vault) = three();
    let head = vault.verify_ledger().unwrap();
    assert_eq!(head.seq, 3);
    vault.close().unwrap();
    let vault = reopen(&folder);
    let rows = vault.ledger(None).unwrap();
    assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(rows[2].hash, head.hash);
    assert_eq!(rows[0].summary_json, "{\"a\":1}");
    assert_eq!(rows[0].day, DAY);
    let ones = vault.ledger(Some(&dossier("one"))).unwrap();
    assert_eq!(ones.iter().map(|row| row.seq).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(vault.verify_ledger().unwrap(), head);
}

#[test]
fn an_empty_ledger_is_right_and_two_vaults_begin_differently() {
    let (_place, _folder, vault, _) = new_vault();
    let (_other_place, _other_folder, other, _) = new_vault();
    let head = vault.verify_ledger().unwrap();
    assert_eq!(head.seq, 0);
    assert_ne!(head.hash, other.verify_ledger().unwrap().hash);
}

#[test]
fn a_line_outlives_its_dossier() {
    let (_place, _folder, mut vault, _) = new_vault();
    save(&mut vault, "one", "1", None, &[]).unwrap();
    append(&mut vault, "one", "{}");
    vault.delete_dossier(&dossier("one")).unwrap();
    assert_eq!(vault.ledger(Some(&dossier("one"))).unwrap().len(), 1);
}

#[test]
fn no_statement_changes_removes_or_slips_in_a_line() {
    let (_place, _folder, mut vault) = three();
    let head = vault.verify_ledger().unwrap();
    let columns = "(seq, day, dossier, recipient, kind, summary_json, prev, hash, mac)";
    let copy = "day, dossier, recipient, kind, summary_json, prev, hash, mac FROM ledger";
    let attempts = [
        "UPDATE ledger SET recipient = 'other' WHERE seq = 2".to_owned(),
        "UPDATE OR REPLACE ledger SET seq = 1 WHERE seq = 2".to_owned(),
        "UPDATE ledger SET seq = 9 WHERE seq = 3".to_owned(),
        "DELETE FROM ledger WHERE seq = 3".to_owned(),
        "DELETE FROM ledger".to_owned(),
        format!("REPLACE INTO ledger {columns} SELECT 2, {copy} WHERE seq = 1"),
        format!("INSERT OR REPLACE INTO ledger {columns} SELECT 3, {copy} WHERE seq = 3"),
        format!("INSERT OR IGNORE INTO ledger {columns} SELECT 5, {copy} WHERE seq = 3"),
        format!("INSERT INTO ledger {columns} SELECT 4, {copy} WHERE seq = 3"),
        // Everything right but the hash, the chain, or the seal.
        format!(
            "INSERT INTO ledger {columns} SELECT 4, day, dossier, 'other', kind, summary_json,
             hash, hash, mac FROM ledger WHERE seq = 3"
        ),
        format!(
            "INSERT INTO ledger {columns} SELECT 4, day, dossier, recipient, kind, summary_json,
             prev, ledger_hash(4, day, dossier, recipient, kind, summary_json, prev), mac
             FROM ledger WHERE seq = 3"
        ),
        format!(
            "INSERT INTO ledger {columns} SELECT 4, day, dossier, recipient, kind, summary_json,
             hash, ledger_hash(4, day, dossier, recipient, kind, summary_json, hash), mac
             FROM ledger WHERE seq = 3"
        ),
        "INSERT INTO ledger SELECT 1, day, dossier, recipient, kind, summary_json, prev, hash, mac
         FROM ledger WHERE seq = 1 ON CONFLICT DO UPDATE SET recipient = 'other'"
            .to_owned(),
    ];
    for sql in attempts {
        let refused = vault.database.write(|tx| Ok(tx.execute_batch(&sql)?));
        assert!(refused.is_err(), "{sql}");
    }
    assert_eq!(vault.verify_ledger().unwrap(), head);
    assert_eq!(vault.ledger(None).unwrap().len(), 3);
}

#[test]
fn whoever_removes_the_triggers_is_found_out() {
    let edits = [
        ("UPDATE ledger SET recipient = 'other' WHERE seq = 2", 2),
        ("UPDATE ledger SET day = '2026-11-26' WHERE seq = 1", 1),
        ("DELETE FROM ledger WHERE seq = 2", 2),
        ("DELETE FROM ledger WHERE seq = 1", 1),
        ("UPDATE ledger SET mac = zeroblob(32) WHERE seq = 3", 3),
        (
            // A hash that is right again for the changed line: the seal, or the next line, tells.
            "UPDATE ledger SET summary_json = '[]', hash = ledger_hash(
             seq, day, dossier, recipient, kind, '[]', prev) WHERE seq = 3",
            3,
        ),
    ];
    for (sql, line) in edits {
        let (_place, _folder, mut vault) = three();
        let batch = format!(
            "DROP TRIGGER ledger_chain; DROP TRIGGER ledger_no_update;
             DROP TRIGGER ledger_no_delete; {sql};"
        );
        vault.database.write(|tx| Ok(tx.execute_batch(&batch)?)).unwrap();
        match vault.verify_ledger() {
            Err(VaultError::DatabaseDamaged(what)) => {
                assert!(what.to_string().contains(&format!("line {line} ")), "{sql}: {what}");
            }
            other => panic!("{sql}: {other:?}"),
        }
    }
}

#[test]
fn a_summary_with_quotes_and_chinese_is_kept_as_it_is() {
    let (_place, _folder, mut vault, _) = new_vault();
    let summary = "{\"title\":\"'); DROP TABLE ledger; -- 钕铁硼\u{0}\"}";
    append(&mut vault, "one", summary);
    assert_eq!(vault.ledger(None).unwrap()[0].summary_json, summary);
    vault.verify_ledger().unwrap();
}
