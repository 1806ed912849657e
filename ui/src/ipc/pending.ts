// What has been typed and is not saved yet? Whoever keeps such text says how it is saved; whoever leads away
// from it (another screen, undo, lock) settles first.

const savers = new Set<() => Promise<boolean>>();

/** Keeps a way to save what is typed; the answer forgets it again. `save` answers false when text was not taken. */
export function keep(save: () => Promise<boolean>): () => void {
  savers.add(save);
  return () => savers.delete(save);
}

/** Saves everything that is typed. False when something was not taken. */
export async function settle(): Promise<boolean> {
  const all = await Promise.all([...savers].map((save) => save()));
  return all.every(Boolean);
}
