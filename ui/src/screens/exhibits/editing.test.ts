import { expect, it, vi } from "vitest";
import type { MaskDto } from "../../ipc/generated/MaskDto";
import { isValid, moved } from "./area";
import { Editing } from "./editing.svelte";
import { areaOf, follow } from "./gesture";

const mask = (page: number, x: number): MaskDto => ({ page, x, y: 100, w: 500, h: 400, reason: "price" });

it("numbers the masks of a page, not of the paper", () => {
  const editing = new Editing([mask(2, 1), mask(1, 2), mask(2, 3)], () => undefined);
  editing.turn(2);
  expect(editing.here.map(({ index, number }) => [index, number])).toEqual([
    [0, 1],
    [2, 2],
  ]);
});

it("puts a new mask on the page with the last reason, and chooses it", () => {
  const told = vi.fn();
  const editing = new Editing([mask(1, 2)], told);
  editing.explain(0, "personal");
  editing.turn(3);
  const index = editing.add();
  expect(editing.chosen).toBe(index);
  expect(editing.masks[index]).toMatchObject({ page: 3, reason: "personal" });
  expect(told).toHaveBeenLastCalledWith(editing.masks);
});

it("takes back and does again, one step each", () => {
  const editing = new Editing([mask(1, 2)], () => undefined);
  editing.place(0, { x: 700, y: 100, w: 500, h: 400 });
  editing.remove(0);
  editing.undo();
  expect(editing.masks[0]?.x).toBe(700);
  editing.undo();
  expect(editing.masks[0]?.x).toBe(2);
  expect(editing.canUndo).toBe(false);
  editing.redo();
  expect(editing.masks[0]?.x).toBe(700);
});

it("takes a row of small steps back at once", () => {
  const editing = new Editing([mask(1, 1000)], () => undefined);
  for (let count = 0; count < 5; count += 1) {
    editing.nudge(0, moved(editing.masks[0] ?? mask(1, 0), { x: 100, y: 0 }));
  }
  editing.rest();
  editing.nudge(0, moved(editing.masks[0] ?? mask(1, 0), { x: 100, y: 0 }));
  expect(editing.masks[0]?.x).toBe(1600);
  editing.undo();
  expect(editing.masks[0]?.x).toBe(1500);
  editing.undo();
  expect(editing.masks[0]?.x).toBe(1000);
});

it("tells nothing when nothing changed, and refuses what is not on the page", () => {
  const told = vi.fn();
  const editing = new Editing([mask(1, 2)], told);
  editing.place(0, mask(1, 2));
  editing.place(0, { x: 9_900, y: 0, w: 500, h: 10 });
  editing.explain(0, "price");
  editing.remove(7);
  editing.undo();
  expect(told).not.toHaveBeenCalled();
});

it("forgets the choice of a mask that is gone", () => {
  const editing = new Editing([], () => undefined);
  editing.add();
  editing.undo();
  expect(editing.chosen).toBeUndefined();
});

it("makes of every gesture an area on the page, or none", () => {
  const area = { x: 9_000, y: 9_000, w: 900, h: 900 };
  const from = { x: 9_400, y: 9_400 };
  const out = { x: 30_000, y: -4_000 };
  const draw = follow({ kind: "draw", from, to: from }, out);
  expect(areaOf(draw)).toEqual({ x: 9_250, y: 0, w: 750, h: 9_400 });
  const move = follow({ kind: "move", from, to: from, index: 0, area }, out);
  expect(areaOf(move)).toEqual({ x: 9_100, y: 0, w: 900, h: 900 });
  const pull = follow({ kind: "pull", from, to: from, index: 0, area, handle: "se" }, out);
  const pulled = areaOf(pull);
  expect(pulled && isValid(pulled)).toBe(true);
  expect(areaOf({ kind: "draw", from, to: from })).toBeUndefined();
});
