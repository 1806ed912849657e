//! How does a failure reach the window?

use std::collections::BTreeMap;

use lanthan_api::Error;
use serde::Serialize;
use ts_rs::TS;

/// What a command answers.
pub(crate) type Answer<T> = Result<T, CommandError>;

/// A failure as the window sees it. It looks up two texts by `code`: `err-<code>` says what happened,
/// `fix-<code>` what to do next.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export)]
pub(crate) struct CommandError {
    /// Stable name of the failure; the window matches on it, never on wording.
    code: &'static str,
    /// Values for the placeholders in the two texts; never document contents.
    args: BTreeMap<&'static str, String>,
}

impl CommandError {
    /// True when somebody wanted it so: the vault was locked, or other work on a copy came first.
    pub(crate) fn is_no_fault(&self) -> bool {
        matches!(self.code, "cancelled" | "vault-locked" | "backup-running")
    }
}

/// A failure that arises in the window's own part.
pub(crate) fn code(code: &'static str) -> CommandError {
    CommandError { code, args: BTreeMap::new() }
}

impl<E: Into<Error>> From<E> for CommandError {
    fn from(error: E) -> Self {
        let error = error.into();
        Self { code: error.code(), args: error.args().into_iter().collect() }
    }
}
