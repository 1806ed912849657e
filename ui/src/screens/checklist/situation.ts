// Which questions decide what a checklist asks? They are fields like any other; the list is Rust's.

/** What stands for the situation where otherwise a requirement's id does; no id can look like this. */
export const SITUATION = "@situation";

/** The keys of the questions, the scope first: no application is the smallest disclosure. */
export const situationKeys = [
  "situation.in-scope",
  "situation.assembly",
  "situation.near-threshold",
  "situation.first-order",
  "situation.resells-component",
  "situation.general-licence",
  "situation.government-certificate-requested",
  "situation.watch-listed",
  "situation.japan",
];
