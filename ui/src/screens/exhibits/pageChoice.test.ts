import { expect, it } from "vitest";
import { leaves, leavingCount, readPages, toggled, writePages } from "./pageChoice";

it("reads pages and ranges in the order of the paper, each once", () => {
  expect(readPages("7, 1-3 2", 9)).toEqual({ pages: [1, 2, 3, 7] });
  expect(readPages("2–4;1", 9)).toEqual({ pages: [1, 2, 3, 4] });
});

it("takes nothing written, and every page written, for all pages", () => {
  expect(readPages("  ", 3)).toEqual({ pages: [] });
  expect(readPages("1-3", 3)).toEqual({ pages: [] });
});

it("names the piece that is no page", () => {
  expect(readPages("1, 4", 3)).toEqual({ wrong: "4" });
  expect(readPages("0", 3)).toEqual({ wrong: "0" });
  expect(readPages("3-2", 3)).toEqual({ wrong: "3-2" });
  expect(readPages("two", 3)).toEqual({ wrong: "two" });
});

it("writes what it reads", () => {
  for (const text of ["1", "1-2", "2, 4-6, 9"]) {
    const read = readPages(text, 12);
    expect("pages" in read && writePages(read.pages)).toBe(text);
  }
});

it("puts a page in and takes it out, but never the last one", () => {
  expect(toggled([], 2, 3)).toEqual([1, 3]);
  expect(toggled([1, 3], 2, 3)).toEqual([]);
  expect(toggled([2], 2, 3)).toEqual([2]);
  expect(toggled([], 1, 1)).toEqual([]);
});

it("counts an empty choice as all", () => {
  expect(leaves([], 5)).toBe(true);
  expect(leaves([1], 5)).toBe(false);
  expect([leavingCount([], 4), leavingCount([1, 2], 4)]).toEqual([4, 2]);
});
