// Which answers are there only to be compared with? They are asked beside the checks and never printed.

/** Their keys, in the order of the form. */
export const comparedKeys = [
  "certificate.text",
  "certificate.end-use",
  "certificate.signed",
  "certificate.filing-day",
  "certificate.signature",
  "certificate.printed-name",
  "certificate.title",
  "certificate.stamp",
  "order.consignee",
  "order.destination-note",
  "order.pieces-per-unit",
  "order.units-planned",
];
