//! What does the certificate on paper say, and which of its faults does the firm take on?
//!
//! Part of a dossier, and reached as such. Deliberately absent: the certificate's own layout, which is
//! the supplier's.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{record::record, text::Bilingual};

record! {
    /// What the certificate on paper says, in the supplier's draft or as it was signed; never printed.
    Certificate {
        /// The words of the draft, pasted or typed.
        "text" text: Bilingual,
        /// The end use as the certificate has it.
        "end-use" end_use: Bilingual,
        /// Day of its signature.
        "signed" signed: Option<Date>,
        /// Day on which the supplier files, planned or done.
        "filing-day" filing_day: Option<Date>,
        /// Whether it is signed by hand.
        "signature" signature: Option<bool>,
        /// Whether the signatory's name stands in print.
        "printed-name" printed_name: Option<bool>,
        /// Whether the signatory's title stands on it.
        "title" title: Option<bool>,
        /// Whether it bears the firm's stamp.
        "stamp" stamp: Option<bool>,
    }
}

/// A fault of the certificate's draft that the firm takes on knowingly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Accepted {
    /// The day.
    pub given: Date,
    /// Why.
    pub reason: String,
}
