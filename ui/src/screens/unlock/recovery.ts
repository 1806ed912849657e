// How is a recovery key shown, and how is it checked that it was really written down?

/** The groups of a recovery key as it is printed. */
export function groups(key: string): string[] {
  return key.split(/[\s-]+/).filter((group) => group !== "");
}

/** How many groups a recovery key has, and how many digits each. */
export const GROUPS = 8;
export const DIGITS = 6;

/** The greatest number of sixteen bits; a group is such a number times eleven. */
const MOST = 0xffff;

/** The digits of what was typed; full-width ones count, everything else is dropped. */
export function digits(typed: string): string {
  return typed.normalize("NFKC").replace(/\D/g, "");
}

/** True when a group can be right: eleven divides it, so a wrong digit or two swapped ones are noticed. */
export function canBeGroup(typed: string): boolean {
  const group = digits(typed);
  return group.length === DIGITS && Number(group) % 11 === 0 && Number(group) / 11 <= MOST;
}

/** What was pasted, dealt to the groups from one place on; the rest stays. */
export function dealt(typed: readonly string[], from: number, pasted: string): string[] {
  const found = digits(pasted);
  // A whole key fills all groups, wherever it was pasted.
  const first = found.length === GROUPS * DIGITS ? 0 : from;
  return typed.map((old, at) => {
    const start = (at - first) * DIGITS;
    return at < first || start >= found.length ? old : found.slice(start, start + DIGITS);
  });
}

/** Two different groups to be typed back, by their place from 0, the lower first. */
export function askedGroups(count: number, random: (below: number) => number): [number, number] {
  const first = random(count);
  const second = (first + 1 + random(count - 1)) % count;
  return first < second ? [first, second] : [second, first];
}

/** A whole number below a bound, from the system's own randomness. */
export function randomBelow(bound: number): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % bound;
}

/** True when what was typed is the group; spaces and full-width digits do not matter. */
export function isGroup(typed: string, group: string): boolean {
  return typed.normalize("NFKC").replace(/\s/g, "") === group;
}
