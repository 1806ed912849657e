// Which pages leave, as a person writes it: "1-3, 7".
//
// An empty list means every page, as in the vault. Deliberately absent: any other order than that of
// the paper.

/** What was read: the pages, or the piece that is no page of this paper. */
export type PageChoice = { pages: number[] } | { wrong: string };

/** Reads a choice of pages of a paper that has `count` pages; nothing written means all. */
export function readPages(text: string, count: number): PageChoice {
  const pages = new Set<number>();
  for (const piece of text.split(/[,;\s]+/).filter((part) => part !== "")) {
    const range = /^(\d{1,6})(?:[-–](\d{1,6}))?$/.exec(piece);
    const first = Number(range?.[1]);
    const last = Number(range?.[2] ?? range?.[1]);
    if (!range || first < 1 || last > count || first > last) return { wrong: piece };
    for (let page = first; page <= last; page += 1) pages.add(page);
  }
  return { pages: tidy([...pages], count) };
}

/** Writes a choice of pages in the shortest way; nothing when all leave. */
export function writePages(pages: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const page of [...pages].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && page === run[1] + 1) run[1] = page;
    else runs.push([page, page]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(", ");
}

/** True when a page leaves. */
export function leaves(pages: readonly number[], page: number): boolean {
  return pages.length === 0 || pages.includes(page);
}

/** How many pages leave. */
export function leavingCount(pages: readonly number[], count: number): number {
  return pages.length === 0 ? count : pages.length;
}

/** The choice with one page put in or taken out; the last page that leaves cannot be taken out. */
export function toggled(pages: readonly number[], page: number, count: number): number[] {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  const before = pages.length === 0 ? all : [...pages];
  const after = before.includes(page) ? before.filter((known) => known !== page) : [...before, page];
  return after.length === 0 ? [...pages] : tidy(after, count);
}

/** In the order of the paper; every page is written as "all". */
function tidy(pages: number[], count: number): number[] {
  return pages.length === count ? [] : pages.sort((a, b) => a - b);
}
