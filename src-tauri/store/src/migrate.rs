//! Which shape has the database, and how does an older one come up to it?
//!
//! Numbered steps, each one transaction together with its number. A step that has been released is
//! never changed: a test holds its hash. Deliberately absent: ways back.

use rusqlite::{Connection, TransactionBehavior};

use crate::{DatabaseDamage, VaultError};

/// "LNTH": a database without it is not ours.
pub(crate) const APPLICATION_ID: i32 = 0x4C4E_5448;

/// The steps from nothing to the newest shape; the shape after the first has number 1.
#[derive(Clone, Copy)]
pub(crate) struct Shapes(pub(crate) &'static [&'static str]);

/// The shapes that this program writes.
pub(crate) const RELEASED: Shapes = Shapes(&[
    include_str!("migrations/0001_begin.sql"),
    include_str!("migrations/0002_search.sql"),
    include_str!("migrations/0003_sight.sql"),
    include_str!("migrations/0004_exhibit_version.sql"),
    include_str!("migrations/0005_pack.sql"),
    include_str!("migrations/0006_backup.sql"),
]);

impl Shapes {
    /// The newest shape.
    pub(crate) fn known(self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// The shape that the database has; writes nothing.
    ///
    /// # Errors
    ///
    /// [`VaultError::DatabaseDamaged`] when it is not ours or has no shape at all,
    /// [`VaultError::NewerVault`] when a later program shaped it.
    pub(crate) fn of(self, conn: &Connection) -> Result<u32, VaultError> {
        let number = |name: &str| -> Result<i64, VaultError> {
            Ok(conn.pragma_query_value(None, name, |row| row.get(0))?)
        };
        if number("application_id")? != i64::from(APPLICATION_ID) {
            return Err(VaultError::DatabaseDamaged(DatabaseDamage::Foreign));
        }
        let known = self.known();
        match u32::try_from(number("user_version")?) {
            Ok(found) if found > known => {
                Err(VaultError::NewerVault { what: "database shape", found, known })
            }
            Ok(found) if found >= 1 => Ok(found),
            _ => Err(VaultError::DatabaseDamaged(DatabaseDamage::Foreign)),
        }
    }

    /// Gives a database that was just made its first shape and all that follow.
    pub(crate) fn begin(self, conn: &mut Connection) -> Result<(), VaultError> {
        self.up(conn, 0)
    }

    /// Brings a database of an older shape up to the newest.
    pub(crate) fn up(self, conn: &mut Connection, from: u32) -> Result<(), VaultError> {
        // Switched off outside of the transactions, where SQLite heeds it; each step is checked
        // whole.
        conn.pragma_update(None, "foreign_keys", false)?;
        let done = (1_u32..)
            .zip(self.0)
            .filter(|(number, _)| *number > from)
            .try_for_each(|(number, step)| one(conn, number, step));
        conn.pragma_update(None, "foreign_keys", true)?;
        done
    }
}

fn one(conn: &mut Connection, number: u32, step: &str) -> Result<(), VaultError> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    tx.execute_batch(step)?;
    if tx.prepare("PRAGMA foreign_key_check")?.exists([])? {
        return Err(VaultError::DatabaseDamaged(DatabaseDamage::Rows));
    }
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    tx.pragma_update(None, "user_version", number)?;
    Ok(tx.commit()?)
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::object::hex;

    #[test]
    fn a_step_that_was_released_is_never_changed() {
        let frozen = [
            "659cb3bde41f9b8231dd037641bf633737488d9a9ffba1d4fae4669d9db974e0",
            "dd099050ddb59c2055a64b498acd8ca40a101860c195cf0bc585d8dc426ff6b1",
            "7a3534b682f283e045165f604bc7422f9c8219cc552a4a3c0b9b72e109e0f3b4",
            "906046f735ef62d520cf4dc6f56388a20e781e85408a6df3b5cc58d2c5a58fa8",
            "1456fd19e5eb4fbbde9d746b959a0414906d31271b515ae49de6e6ece03cbd92",
            "decc4f70a7fa4e1fff3a43867c2ee51f347a1c218931d2aa73ca15ecae821fd0",
        ];
        let found: Vec<String> = RELEASED.0.iter().map(|s| hex(&Sha256::digest(s))).collect();
        assert_eq!(found, frozen);
    }
}
