import { expect, it } from "vitest";

import { FEW, partOf, stepOf } from "./longGrid";

const view = { count: 1000, columns: 4, rowHeight: 200, top: 0, height: 800 };

it("makes what can be seen and a little beyond", () => {
  expect(partOf(view)).toEqual({ from: 0, to: 28, before: 0, after: 243 * 200 });
  const middle = partOf({ ...view, top: 20_000 });
  expect(middle).toEqual({ from: 97 * 4, to: 107 * 4, before: 97 * 200, after: (250 - 107) * 200 });
});

it("keeps the whole height, wherever the view is", () => {
  for (let top = -500; top < 60_000; top += 137) {
    const { from, to, before, after } = partOf({ ...view, top });
    expect(from).toBeLessThan(to);
    expect(before + Math.ceil((to - from) / 4) * 200 + after).toBe(250 * 200);
  }
});

it("ends with the last thing, also in a row that is not full", () => {
  const { from, to, after } = partOf({ ...view, count: 998, top: 49_000 });
  expect([to, after]).toEqual([998, 0]);
  expect(from % 4).toBe(0);
});

it("makes all of a short list, and all before anything is laid out", () => {
  expect(partOf({ ...view, count: FEW }).to).toBe(FEW);
  expect(partOf({ ...view, height: 0 }).to).toBe(1000);
});

it("steps by the arrow keys and stops at the edges", () => {
  expect(stepOf("ArrowRight", 3, 4, 10)).toBe(4);
  expect(stepOf("ArrowDown", 3, 4, 10)).toBe(7);
  expect(stepOf("ArrowDown", 7, 4, 10)).toBeNull();
  expect(stepOf("ArrowLeft", 0, 4, 10)).toBeNull();
  expect(stepOf("ArrowUp", 5, 4, 10)).toBe(1);
  expect(stepOf("Home", 7, 4, 10)).toBe(0);
  expect(stepOf("End", 7, 4, 10)).toBe(9);
  expect(stepOf("a", 7, 4, 10)).toBeNull();
});
