//! How does the terminal open a vault, say who has it, and hear who else does?
//!
//! Whoever finds the vault in use meanwhile learns that it is this program, and since when. Deliberately
//! absent: opening it for looking only where it could not be changed; that is asked for by name.

use std::path::Path;

use jiff::Timestamp;
use lanthan_api::{Elsewhere, Holder, Workspace};
use serde_json::{Value, json};

use crate::{
    output::{Failure, complain},
    place,
};

const PROGRAM: &str = concat!("lanthan-cli ", env!("CARGO_PKG_VERSION"));

/// Opens a vault to change it.
pub(crate) fn to_change(folder: &Path, passphrase: &str) -> Result<Workspace, Failure> {
    Ok(held(Workspace::open(folder, passphrase)?))
}

/// Opens a vault to look at it; not a byte of its folder is written.
pub(crate) fn to_look(folder: &Path, passphrase: &str) -> Result<Workspace, Failure> {
    let workspace = Workspace::open_read_only(folder, passphrase, &place::scratch(folder))?;
    tell(workspace.elsewhere());
    Ok(workspace)
}

/// Notes who has it open from now on, and says who else may.
pub(crate) fn held(mut workspace: Workspace) -> Workspace {
    tell(workspace.elsewhere());
    workspace.announce(PROGRAM, Timestamp::now());
    workspace
}

fn tell(elsewhere: &Elsewhere) {
    match elsewhere {
        Elsewhere::Nobody => {}
        Elsewhere::Held(None) => complain("The vault is open in another program."),
        Elsewhere::Held(Some(holder)) => complain(&format!("The vault is open {holder}.")),
        Elsewhere::LeftOpen(holder) => complain(&format!(
            "The vault was opened {holder}, and not closed there. If somebody is still at work there, \
             close it on one side: otherwise two versions of it come into being."
        )),
    }
}

/// Who else has a vault open, or may have, in words; `None` when nobody.
pub(crate) fn in_words(elsewhere: &Elsewhere) -> Option<String> {
    match elsewhere {
        Elsewhere::Nobody => None,
        Elsewhere::Held(None) => Some("in another program".to_owned()),
        Elsewhere::Held(Some(holder)) => Some(holder.to_string()),
        Elsewhere::LeftOpen(holder) => Some(format!("{holder}, where it was not closed")),
    }
}

/// The same as JSON; null when nobody.
pub(crate) fn as_json(elsewhere: &Elsewhere) -> Value {
    let (held, holder) = match elsewhere {
        Elsewhere::Nobody => return Value::Null,
        Elsewhere::Held(holder) => (true, holder.as_ref()),
        Elsewhere::LeftOpen(holder) => (false, Some(holder)),
    };
    let who = |Holder { host, program, since }: &Holder| json!({"host": host, "program": program, "since": since.to_string()});
    json!({"held": held, "holder": holder.map_or(Value::Null, who)})
}
