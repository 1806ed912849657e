// How do findings stand before somebody who wants to release?
import type { FindingDto } from "../../ipc/generated/FindingDto";
import type { HiddenDto } from "../../ipc/generated/HiddenDto";

/** How much a finding weighs. */
export type Severity = FindingDto["severity"];

/** How something was hidden in an exhibit, where a finding is about that and masks mend it. */
export function hidingOf({ code }: FindingDto): HiddenDto["kind"] | undefined {
  const kinds: Record<string, HiddenDto["kind"]> = {
    "marked-not-redacted": "marked",
    "words-under-bar": "under-bar",
    "words-in-ground": "in-ground",
  };
  return kinds[code];
}

/** The gravest first. */
export const SEVERITIES: readonly Severity[] = ["blocks", "weak", "tip"];

/** The findings of each weight, in the order in which they came; weights without findings are left out. */
export function grouped(findings: readonly FindingDto[]): { severity: Severity; findings: FindingDto[] }[] {
  return SEVERITIES.map((severity) => ({
    severity,
    findings: findings.filter((finding) => finding.severity === severity),
  })).filter((group) => group.findings.length > 0);
}

/** How many findings have a weight. */
export function count(findings: readonly FindingDto[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}
