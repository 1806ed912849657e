import { expect, it } from "vitest";
import { intentOf } from "./keys";

const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
const press = (key: string, held: Partial<typeof none> = {}, onMask = true) =>
  intentOf({ ...none, ...held, key }, onMask);

it("moves by arrows and resizes with the shift key, finely with Alt", () => {
  expect(press("ArrowLeft")).toEqual({ do: "move", by: { x: -100, y: 0 } });
  expect(press("ArrowDown", { shiftKey: true })).toEqual({ do: "resize", by: { x: 0, y: 100 } });
  expect(press("ArrowUp", { altKey: true })).toEqual({ do: "move", by: { x: 0, y: -10 } });
});

it("leaves arrows and Delete alone when no mask has the focus", () => {
  expect(press("ArrowLeft", {}, false)).toBeUndefined();
  expect(press("Delete", {}, false)).toBeUndefined();
  expect(press("1", {}, false)).toBeUndefined();
  expect(press("n", {}, false)).toEqual({ do: "new" });
});

it("takes the five digits for the five reasons", () => {
  expect(press("1")).toEqual({ do: "reason", at: 0 });
  expect(press("5")).toEqual({ do: "reason", at: 4 });
  expect(press("6")).toBeUndefined();
});

it("takes back and does again as elsewhere", () => {
  expect(press("z", { ctrlKey: true })).toEqual({ do: "undo" });
  expect(press("Z", { metaKey: true, shiftKey: true })).toEqual({ do: "redo" });
  expect(press("y", { ctrlKey: true })).toEqual({ do: "redo" });
  expect(press("n", { ctrlKey: true })).toBeUndefined();
});

it("turns the pages of a paper", () => {
  expect(press("PageDown")).toEqual({ do: "page", by: 1 });
  expect(press("PageUp", {}, false)).toEqual({ do: "page", by: -1 });
});
