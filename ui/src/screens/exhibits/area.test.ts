import { describe, expect, it } from "vitest";
import {
  type Area,
  drawn,
  FINE_STEP,
  handlePoint,
  HANDLES,
  inTheMiddle,
  isValid,
  LEAST,
  moved,
  ONE,
  onPage,
  resized,
  WIDTH_STEP,
} from "./area";

/** The same numbers on every run, so that a failure can be looked at again. */
function numbers(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    whole: (low: number, high: number) => low + Math.floor(next() * (high - low + 1)),
    any: (low: number, high: number) => low + next() * (high - low),
  };
}

function anyArea(pick: ReturnType<typeof numbers>): Area {
  const x = pick.whole(0, ONE - 1);
  const y = pick.whole(0, ONE - 1);
  return { x, y, w: pick.whole(1, ONE - x), h: pick.whole(1, ONE - y) };
}

const RUNS = 3_000;

describe("an area", () => {
  it("may touch the edge of the page but not pass it", () => {
    expect(isValid({ x: 9_999, y: 0, w: 1, h: ONE })).toBe(true);
    expect(isValid({ x: 9_999, y: 0, w: 2, h: 1 })).toBe(false);
    expect(isValid({ x: 0, y: 0, w: 0, h: 1 })).toBe(false);
    expect(isValid({ x: 0, y: -1, w: 5, h: 5 })).toBe(false);
    expect(isValid({ x: 0.5, y: 0, w: 5, h: 5 })).toBe(false);
  });

  it("stays on the page however it is moved, and keeps its size", () => {
    const pick = numbers(1);
    for (let run = 0; run < RUNS; run += 1) {
      const area = anyArea(pick);
      const after = moved(area, { x: pick.any(-20_000, 20_000), y: pick.any(-20_000, 20_000) });
      expect(isValid(after), JSON.stringify({ area, after })).toBe(true);
      expect([after.w, after.h]).toEqual([area.w, area.h]);
    }
  });

  it("stays on the page and never empty however it is resized", () => {
    const pick = numbers(2);
    for (let run = 0; run < RUNS; run += 1) {
      const area = anyArea(pick);
      const handle = HANDLES[pick.whole(0, 7)] ?? "se";
      const after = resized(area, handle, { x: pick.any(-20_000, 20_000), y: pick.any(-20_000, 20_000) });
      expect(isValid(after), JSON.stringify({ area, handle, after })).toBe(true);
      expect(after.w).toBeGreaterThanOrEqual(Math.min(LEAST, area.w));
      expect(after.h).toBeGreaterThanOrEqual(Math.min(LEAST, area.h));
    }
  });

  it("keeps the edges that a handle does not hold", () => {
    const pick = numbers(3);
    for (let run = 0; run < RUNS; run += 1) {
      const area = anyArea(pick);
      const by = { x: pick.any(-3_000, 3_000), y: pick.any(-3_000, 3_000) };
      const right = resized(area, "e", by);
      expect([right.x, right.y, right.h]).toEqual([area.x, area.y, area.h]);
      const top = resized(area, "n", by);
      expect([top.x, top.w, top.y + top.h]).toEqual([area.x, area.w, area.y + area.h]);
    }
  });

  it("comes back when a movement inside the page is reversed", () => {
    const area = { x: 4_000, y: 4_000, w: 500, h: 300 };
    const there = moved(area, { x: FINE_STEP, y: -FINE_STEP });
    expect(moved(there, { x: -FINE_STEP, y: FINE_STEP })).toEqual(area);
  });
});

describe("drawing", () => {
  it("gives whole numbers on the page, whichever way the hand goes", () => {
    const pick = numbers(4);
    for (let run = 0; run < RUNS; run += 1) {
      const a = { x: pick.any(-2_000, 12_000), y: pick.any(-2_000, 12_000) };
      const b = { x: pick.any(-2_000, 12_000), y: pick.any(-2_000, 12_000) };
      const area = drawn(a, b);
      expect(area).toEqual(drawn(b, a));
      if (area) expect(isValid(area), JSON.stringify({ a, b, area })).toBe(true);
    }
  });

  it("covers all that the hand covered", () => {
    const area = drawn({ x: 100.9, y: 200.9 }, { x: 300.1, y: 400.1 });
    expect(area).toEqual({ x: 100, y: 200, w: 250, h: 201 });
  });

  it("gives words of nearly the same length masks of the same width, also at the edge of the page", () => {
    const short = drawn({ x: 1_000, y: 200 }, { x: 1_510, y: 400 });
    const long = drawn({ x: 9_300, y: 200 }, { x: 9_990, y: 400 });
    expect([short?.w, long?.w]).toEqual([750, 750]);
    expect(long).toEqual({ x: 9_250, y: 200, w: 750, h: 200 });
  });

  it("changes its width by a step at each small movement of its edge, there and back", () => {
    const area = { x: 4_000, y: 4_000, w: 500, h: 300 };
    const wider = resized(area, "e", { x: FINE_STEP, y: 0 });
    expect(wider.w).toBe(500 + WIDTH_STEP);
    expect(resized(wider, "e", { x: -FINE_STEP, y: 0 }).w).toBe(500);
    expect(resized(area, "w", { x: -FINE_STEP, y: 0 })).toEqual({ x: 3_750, y: 4_000, w: 750, h: 300 });
  });

  it("takes a click for a click", () => {
    expect(drawn({ x: 500, y: 500 }, { x: 502, y: 503 })).toBeUndefined();
    expect(drawn({ x: 500, y: 500 }, { x: 500 + LEAST, y: 500 + LEAST })).toBeDefined();
  });
});

describe("places", () => {
  it("are found under the pointer", () => {
    const page = { left: 100, top: 50, width: 400, height: 200 };
    expect(onPage({ x: 300, y: 150 }, page)).toEqual({ x: 5_000, y: 5_000 });
    expect(onPage({ x: 100, y: 50 }, page)).toEqual({ x: 0, y: 0 });
    expect(onPage({ x: 1, y: 1 }, { left: 0, top: 0, width: 0, height: 0 })).toEqual({ x: 0, y: 0 });
  });

  it("of handles lie on the edges of the area", () => {
    const area = { x: 1_000, y: 2_000, w: 400, h: 200 };
    expect(handlePoint(area, "nw")).toEqual({ x: 1_000, y: 2_000 });
    expect(handlePoint(area, "s")).toEqual({ x: 1_200, y: 2_200 });
    expect(handlePoint(area, "se")).toEqual({ x: 1_400, y: 2_200 });
  });

  it("for new masks differ from each other and end at the edge", () => {
    const made: Area[] = [];
    for (let count = 0; count < 40; count += 1) {
      const next = inTheMiddle(made);
      expect(isValid(next)).toBe(true);
      made.push(next);
    }
    expect(made[1]).not.toEqual(made[0]);
  });
});
