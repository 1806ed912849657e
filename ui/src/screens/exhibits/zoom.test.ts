import { expect, it } from "vitest";
import { fitScale, nextScale, scaleOf, SCALES } from "./zoom";

it("fits the longer side", () => {
  expect(fitScale({ width: 1000, height: 500 }, { width: 500, height: 500 })).toBe(0.5);
  expect(fitScale({ width: 500, height: 1000 }, { width: 500, height: 500 })).toBe(0.5);
});

it("does not blow a small picture up without end", () => {
  expect(fitScale({ width: 10, height: 10 }, { width: 500, height: 500 })).toBe(2);
});

it("survives a room or an image without size", () => {
  expect(fitScale({ width: 0, height: 0 }, { width: 500, height: 500 })).toBe(1);
  expect(scaleOf("fit", { width: 10, height: 10 }, { width: 0, height: 0 })).toBe(1);
});

it("goes to the next scale and stops at both ends", () => {
  expect(nextScale(0.61, 1)).toBe(0.75);
  expect(nextScale(0.61, -1)).toBe(0.5);
  expect(nextScale(1, 1)).toBe(1.5);
  const [first = 0, last = 0] = [SCALES[0], SCALES.at(-1)];
  expect(nextScale(first, -1)).toBe(first);
  expect(nextScale(last, 1)).toBe(last);
});
