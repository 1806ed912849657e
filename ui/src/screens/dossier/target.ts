// What does a target name: a thing of a screen, and behind `#` a field or fault in it?

/** A thing of a screen, and a place in it; each may be absent. */
export interface Target {
  id: string | null;
  place: string | null;
}

/** Takes a target apart. */
export function taken(target: string | null): Target {
  const at = target?.indexOf("#") ?? -1;
  if (target === null || at < 0) return { id: target || null, place: null };
  return { id: target.slice(0, at) || null, place: target.slice(at + 1) || null };
}
