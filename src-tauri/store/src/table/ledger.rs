//! What left the house, in a chain that only grows?
//!
//! Each line's hash covers its fields and the hash before it; the first line stands on the vault's
//! id. The database checks hash and seal itself, through functions of this program, so that no other
//! tool can write a line. A cut tail is invisible from inside: whoever keeps the last hash (the
//! package's manifest does) can prove it. Deliberately absent: what a line says.

use hmac::Mac;
use jiff::civil::Date;
use lanthan_core::id::DossierId;
use rusqlite::{
    Connection, Transaction,
    functions::{Context, FunctionFlags},
    named_params,
};
use sha2::{Digest, Sha256};

use crate::{
    DatabaseDamage, VaultError,
    keys::{Keys, Secret},
    object::hex,
};

/// A line to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerLine {
    /// The day.
    pub day: Date,
    /// The dossier.
    pub dossier: DossierId,
    /// Who received it.
    pub recipient: String,
    /// What kind of line, such as `release`.
    pub kind: String,
    /// What was given, by reference.
    pub summary_json: String,
}

/// A line as it stands in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerRow {
    /// Its number, from 1 without gaps.
    pub seq: u64,
    /// The day.
    pub day: Date,
    /// The dossier, which may have been given up since.
    pub dossier: DossierId,
    /// Who received it.
    pub recipient: String,
    /// What kind of line.
    pub kind: String,
    /// What was given, by reference.
    pub summary_json: String,
    /// Its hash, 64 hexadecimal digits.
    pub hash: String,
}

/// The end of the chain. Kept elsewhere, it proves that no line was cut off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerHead {
    /// Number of the last line; 0 when there is none.
    pub seq: u64,
    /// Its hash, 64 hexadecimal digits.
    pub hash: String,
}

type Hash = [u8; 32];

struct Fields<'a> {
    seq: i64,
    day: &'a str,
    dossier: &'a str,
    recipient: &'a str,
    kind: &'a str,
    summary_json: &'a str,
}

impl Fields<'_> {
    fn hash(&self, prev: &Hash) -> Hash {
        let mut hash = Sha256::new();
        hash.update(b"lanthan ledger v1");
        hash.update(self.seq.to_be_bytes());
        for text in [self.day, self.dossier, self.recipient, self.kind, self.summary_json] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        }
        hash.update(prev);
        hash.finalize().into()
    }
}

/// What a chain rests on and is sealed with.
struct Seal {
    begin: Hash,
    key: Secret,
}

impl Seal {
    fn new(keys: &Keys) -> Self {
        let begin =
            Sha256::new().chain_update(b"lanthan ledger v1 begins").chain_update(keys.vault);
        Self { begin: begin.finalize().into(), key: keys.ledger.copied() }
    }

    fn mac(&self, bytes: &[u8]) -> Hash {
        let mut mac = self.key.hmac();
        mac.update(bytes);
        mac.finalize().into_bytes().into()
    }
}

/// Gives the database the functions that its triggers call.
pub(crate) fn functions(conn: &Connection, keys: &Keys) -> Result<(), VaultError> {
    // Innocuous: they only compute, so triggers of an untrusted schema may call them.
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    let seal = Seal::new(keys);
    conn.create_scalar_function("ledger_begin", 0, flags, move |_| Ok(seal.begin))?;
    let seal = Seal::new(keys);
    conn.create_scalar_function("ledger_mac", 1, flags, move |context| {
        Ok(seal.mac(context.get_raw(0).as_blob()?))
    })?;
    conn.create_scalar_function("ledger_hash", 7, flags, hash_of_row)?;
    Ok(())
}

fn hash_of_row(context: &mut Context<'_>) -> rusqlite::Result<Hash> {
    let fields = Fields {
        seq: context.get(0)?,
        day: context.get_raw(1).as_str()?,
        dossier: context.get_raw(2).as_str()?,
        recipient: context.get_raw(3).as_str()?,
        kind: context.get_raw(4).as_str()?,
        summary_json: context.get_raw(5).as_str()?,
    };
    Ok(fields.hash(&context.get(6)?))
}

/// Writes a line at the end.
pub(crate) fn append(tx: &Transaction<'_>, line: &LedgerLine) -> Result<LedgerHead, VaultError> {
    let (seq, hash) = tx.query_row(
        "WITH last (seq, prev) AS (
             SELECT coalesce(max(seq), 0) + 1,
                 coalesce((SELECT hash FROM ledger ORDER BY seq DESC LIMIT 1), ledger_begin())
             FROM ledger),
         next (seq, prev, hash) AS (
             SELECT seq, prev, ledger_hash(
                 seq, :day, :dossier, :recipient, :kind, :summary_json, prev) FROM last)
         INSERT INTO ledger (seq, day, dossier, recipient, kind, summary_json, prev, hash, mac)
         SELECT seq, :day, :dossier, :recipient, :kind, :summary_json, prev, hash,
             ledger_mac(hash) FROM next WHERE true
         RETURNING seq, hash",
        named_params! {
            ":day": line.day.to_string(), ":dossier": line.dossier.as_str(),
            ":recipient": line.recipient, ":kind": line.kind, ":summary_json": line.summary_json,
        },
        |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Hash>(1)?)),
    )?;
    Ok(LedgerHead { seq: unsigned(seq), hash: hex(&hash) })
}

/// Every line, the oldest first, or those of one dossier.
pub(crate) fn rows(
    conn: &Connection,
    dossier: Option<&DossierId>,
) -> Result<Vec<LedgerRow>, VaultError> {
    let mut statement = conn.prepare(
        "SELECT seq, day, dossier, recipient, kind, summary_json, hash FROM ledger
         WHERE :dossier IS NULL OR dossier = :dossier ORDER BY seq",
    )?;
    let dossier = dossier.map(DossierId::as_str);
    let mut rows = statement.query(named_params! { ":dossier": dossier })?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let seq = unsigned(row.get(0)?);
        let broken = || broken(seq);
        found.push(LedgerRow {
            seq,
            day: row.get::<_, String>(1)?.parse().map_err(|_| broken())?,
            dossier: DossierId::new(&row.get::<_, String>(2)?).map_err(|_| broken())?,
            recipient: row.get(3)?,
            kind: row.get(4)?,
            summary_json: row.get(5)?,
            hash: hex(&row.get::<_, Hash>(6)?),
        });
    }
    Ok(found)
}

/// Follows the chain from its beginning and answers its end.
///
/// # Errors
///
/// [`VaultError::DatabaseDamaged`] naming the first line that is not what was written.
pub(crate) fn verify(conn: &Connection, keys: &Keys) -> Result<LedgerHead, VaultError> {
    let seal = Seal::new(keys);
    let mut statement = conn.prepare(
        "SELECT seq, day, dossier, recipient, kind, summary_json, prev, hash, mac FROM ledger
         ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    let (mut last, mut prev) = (0_i64, seal.begin);
    while let Some(row) = rows.next()? {
        let text = |at: usize| row.get_ref(at)?.as_str().map_err(|_| broken(unsigned(last + 1)));
        let fields = Fields {
            seq: row.get(0)?,
            day: text(1)?,
            dossier: text(2)?,
            recipient: text(3)?,
            kind: text(4)?,
            summary_json: text(5)?,
        };
        let hash = fields.hash(&prev);
        let right = fields.seq == last + 1
            && row.get::<_, Hash>(6)? == prev
            && row.get::<_, Hash>(7)? == hash
            && row.get::<_, Hash>(8)? == seal.mac(&hash);
        if !right {
            return Err(broken(unsigned(last + 1)));
        }
        (last, prev) = (fields.seq, hash);
    }
    Ok(LedgerHead { seq: unsigned(last), hash: hex(&prev) })
}

/// Seals every line anew, under the vault's next keys. The caller has verified the chain.
pub(crate) fn seal_anew(conn: &mut Connection, next: &Keys) -> Result<(), VaultError> {
    functions(conn, next)?;
    let tx = conn.transaction()?;
    let guard: String = tx.query_row(
        "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = 'ledger_no_update'",
        [],
        |row| row.get(0),
    )?;
    tx.execute_batch("DROP TRIGGER ledger_no_update; UPDATE ledger SET mac = ledger_mac(hash)")?;
    tx.execute_batch(&guard)?;
    Ok(tx.commit()?)
}

fn broken(line: u64) -> VaultError {
    VaultError::DatabaseDamaged(DatabaseDamage::Ledger(line))
}

fn unsigned(value: i64) -> u64 {
    u64::try_from(value).unwrap_or_default()
}
