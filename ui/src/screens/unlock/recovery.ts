// How is a recovery key shown, and how is it checked that it was really written down?

/** The groups of a recovery key as it is printed. */
export function groups(key: string): string[] {
  return key.split(/[\s-]+/).filter((group) => group !== "");
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
