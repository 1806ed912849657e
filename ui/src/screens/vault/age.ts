// How many days ago was a backup made? Whether that is too long is for Rust to say.

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whole days of the calendar between a day such as `2026-11-25` and now; null when it is no day. Never negative. */
export function ageInDays(iso: string, now: Date): number | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso) ?? [];
  if (year === undefined) return null;
  // Counted in UTC, where each day has the same length.
  const then = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  return Number.isNaN(then) ? null : Math.max(0, Math.round((today - then) / DAY_MS));
}
