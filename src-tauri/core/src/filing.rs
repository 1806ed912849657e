//! What happened to the application after the package left, as far as the user knows?
//!
//! Days and numbers that the user enters; nothing is filled in by the program. Deliberately absent:
//! what follows from them (see [`crate::clock`]), and any guess at how long a courier takes.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::record::{choice, record};

record! {
    /// What happened after the package left, and by when the answer is needed.
    Filing {
        /// The day by which the decision is needed.
        "needed-by" needed_by: Option<Date>,
        /// Calendar days that the originals travel to the supplier.
        "courier-days" courier_days: Option<u64>,
        /// Working days in China between the arrival of the originals and the acceptance.
        "supplier-days" supplier_days: Option<u64>,
        /// The day on which the originals were handed to the courier.
        "sent" sent: Option<Date>,
        /// The day on which the authority received the application.
        "filed" filed: Option<Date>,
        /// The day on which the authority accepted it.
        "accepted" accepted: Option<Date>,
        /// The day on which the licence was granted.
        "granted" granted: Option<Date>,
        /// The day on which it was refused.
        "refused" refused: Option<Date>,
        /// The day on which the supplier took the application back.
        "withdrawn" withdrawn: Option<Date>,
        /// The day on which an application to amend the licence was accepted.
        "amendment-accepted" amendment_accepted: Option<Date>,
        /// The day on which the amendment was decided.
        "amended" amended: Option<Date>,
        /// The day of a query by customs.
        "customs-query" customs_query: Option<Date>,
        /// The day on which customs had its answer.
        "customs-answered" customs_answered: Option<Date>,
    }
}

impl Filing {
    /// The day on which the application came to its end, and how; `None` while it is open.
    #[must_use]
    pub fn ended(&self) -> Option<Date> {
        self.granted.into_iter().chain(self.refused).chain(self.withdrawn).min()
    }
}

choice! {
    /// Why the clock stood still.
    StopReason {
        /// The item was being identified.
        "identification" Identification,
        /// Experts were asked.
        "expert-opinion" ExpertOpinion,
        /// The exporter or the end user was visited.
        "on-site-verification" OnSiteVerification,
        /// The papers waited for the answer to a request.
        "request" Request,
    }
}

/// A time in which the clock stood still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// Why.
    pub reason: StopReason,
    /// Its first day.
    pub from: Date,
    /// Its last day; none while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
}

impl Stop {
    /// True when it ends before it begins.
    #[must_use]
    pub fn is_reversed(&self) -> bool {
        self.to.is_some_and(|to| to < self.from)
    }
}
