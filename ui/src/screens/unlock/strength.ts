// What can be said honestly of a passphrase without knowing how it was chosen? Its length, and no more.

/** Shortest passphrase that a vault takes, in characters. */
export const MIN_CHARS = 12;

/** A text key under `unlock.strength-`, and how far along it is, 0 to 3. */
export interface Strength {
  word: "empty" | "short" | "enough" | "good" | "long";
  steps: 0 | 1 | 2 | 3;
}

/** How long a passphrase is, in words. */
export function strength(passphrase: string): Strength {
  const chars = [...passphrase].length;
  if (chars === 0) return { word: "empty", steps: 0 };
  if (chars < MIN_CHARS) return { word: "short", steps: 0 };
  if (chars < 18) return { word: "enough", steps: 1 };
  if (chars < 26) return { word: "good", steps: 2 };
  return { word: "long", steps: 3 };
}
