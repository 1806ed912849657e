// What was it before, and what was taken back?
//
// A plain value with its past and its future; used by the mask editor. Deliberately absent: what the
// vault remembers (its own undo goes by whole changes of the dossier).

/** How many steps can be taken back. */
export const MOST_STEPS = 200;

/** A value and the ways back and forward. */
export interface History<T> {
  readonly now: T;
  readonly past: readonly T[];
  readonly future: readonly T[];
}

/** A value without a past. */
export function begin<T>(now: T): History<T> {
  return { now, past: [], future: [] };
}

/** The next value; what was taken back before is gone. */
export function step<T>({ now, past }: History<T>, next: T): History<T> {
  return { now: next, past: [...past, now].slice(-MOST_STEPS), future: [] };
}

/** One step back, or the same when there is none. */
export function back<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return { now: before, past: history.past.slice(0, -1), future: [history.now, ...history.future] };
}

/** One step forward again, or the same when there is none. */
export function forward<T>(history: History<T>): History<T> {
  const [after, ...rest] = history.future;
  if (after === undefined) return history;
  return { now: after, past: [...history.past, history.now], future: rest };
}
