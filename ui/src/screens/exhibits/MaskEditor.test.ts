import { fireEvent, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";

import type { MaskDto } from "../../ipc/generated/MaskDto";
import { isValid } from "./area";
import { Editing } from "./editing.svelte";
import MaskEditor from "./MaskEditor.svelte";

const face: MaskDto = { page: 1, x: 1000, y: 1000, w: 2000, h: 2000, reason: "personal" };
const price: MaskDto = { page: 2, x: 5000, y: 5000, w: 1000, h: 500, reason: "price" };

/** The page is 1000 by 1000 pixels and begins at the corner, so that a pixel is ten units. */
beforeEach(() => {
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 1000, 1000));
});

function show(masks: MaskDto[] = [face], pages = 1, more: { cuttable?: boolean; settle?: () => Promise<boolean>; leaves?: (page: number) => boolean } = {}) {
  const told = vi.fn<(masks: MaskDto[]) => void>();
  const cut = vi.fn();
  const editing = new Editing(masks, told, null, cut);
  render(MaskEditor, {
    editing,
    pages: Array.from({ length: pages }, () => ({ width: 100, height: 100 })),
    name: "Line 3",
    original: (page: number) => `original-${page}`,
    leaving: (page: number) => `leaving-${page}`,
    leaves: () => true,
    settle: async () => true,
    ...more,
  });
  return { told, cut, editing };
}

const surface = () => screen.getByRole("group", { name: /^Masks on page/ });
const mask = (number: number) => screen.getByRole("button", { name: new RegExp(`^Mask ${number}, `) });

/** jsdom has no pointer events; a mouse event of that name carries what is needed. */
const hand = (type: string, at: Element, clientX: number, clientY: number) =>
  fireEvent(at, new MouseEvent(type, { bubbles: true, button: 0, clientX, clientY }));

async function drag(at: Element, from: [number, number], to: [number, number]) {
  await hand("pointerdown", at, ...from);
  await hand("pointermove", surface(), ...to);
  await hand("pointerup", surface(), ...to);
}

it("draws a mask by dragging, in ten-thousandths", async () => {
  const { told } = show([]);
  await drag(surface(), [100, 200], [300, 250]);
  expect(told).toHaveBeenCalledExactlyOnceWith([{ page: 1, x: 1000, y: 2000, w: 2000, h: 500, reason: "customer" }]);
  expect(mask(1)).toHaveFocus();
});

it("draws nothing by a click", async () => {
  const { told } = show([]);
  await drag(surface(), [100, 200], [101, 201]);
  expect(told).not.toHaveBeenCalled();
});

it("moves a mask, and stops at the edge of the page", async () => {
  const { told } = show();
  await drag(mask(1), [150, 150], [5000, -900]);
  expect(told).toHaveBeenCalledExactlyOnceWith([{ ...face, x: 8000, y: 0 }]);
});

it("pulls a mask at a handle", async () => {
  const { told } = show();
  await fireEvent.focus(mask(1));
  const handle = mask(1).querySelector(".handle.e") ?? expect.fail("no handle");
  await drag(handle, [300, 200], [450, 200]);
  expect(told).toHaveBeenCalledExactlyOnceWith([{ ...face, w: 3500 }]);
});

it("gives a gesture up when the pointer is lost", async () => {
  const { told } = show();
  await hand("pointerdown", mask(1), 150, 150);
  await hand("pointermove", surface(), 700, 700);
  await hand("pointercancel", surface(), 700, 700);
  await hand("pointerup", surface(), 700, 700);
  expect(told).not.toHaveBeenCalled();
});

it("is worked by keys alone: new, move, resize, reason, take back, remove", async () => {
  const { editing } = show([]);
  await userEvent.keyboard("n");
  expect(mask(1)).toHaveFocus();
  const start = editing.masks[0] ?? expect.fail("no mask");
  await userEvent.keyboard("{ArrowRight}{Shift>}{ArrowDown}{/Shift}3");
  expect(editing.masks[0]).toEqual({ ...start, x: start.x + 100, h: start.h + 100, reason: "personal" });
  await userEvent.keyboard("{Control>}z{/Control}");
  expect(editing.masks[0]?.reason).toBe("customer");
  await userEvent.keyboard("{Delete}");
  expect(editing.masks).toEqual([]);
  await userEvent.keyboard("{Control>}z{/Control}");
  expect(editing.masks).toHaveLength(1);
});

it("never lets the keys push a mask off the page", async () => {
  const { editing } = show();
  mask(1).focus();
  for (let count = 0; count < 30; count += 1) await userEvent.keyboard("{ArrowLeft}{Shift>}{ArrowUp}{/Shift}");
  const area = editing.masks[0] ?? expect.fail("no mask");
  expect(isValid(area)).toBe(true);
  expect(area.x).toBe(0);
});

it("changes a reason in the list", async () => {
  const { told } = show();
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Why mask 1 is there" }), "trade-secret");
  expect(told).toHaveBeenCalledExactlyOnceWith([{ ...face, reason: "trade-secret" }]);
});

it("goes through the masks of a page with Tab", async () => {
  show([face, { ...face, x: 6000 }]);
  mask(1).focus();
  await userEvent.tab();
  expect(mask(2)).toHaveFocus();
  expect(mask(2)).toHaveAttribute("aria-pressed", "true");
});

it("keeps the masks of each page apart", async () => {
  show([face, price], 2);
  expect(screen.getByRole("img", { name: "Line 3, page 1 of 2" })).toHaveAttribute("src", "original-1");
  await userEvent.click(screen.getByRole("button", { name: "Next page" }));
  expect(screen.getByRole("img", { name: "Line 3, page 2 of 2" })).toHaveAttribute("src", "original-2");
  expect(mask(1)).toHaveAccessibleName(/Price/);
  expect(screen.getByRole("button", { name: "Next page" })).toBeDisabled();
});

it("shows the page as it leaves only once the vault has the masks", async () => {
  const settle = vi.fn(async () => false);
  show([face], 1, { settle });
  await userEvent.click(screen.getByRole("button", { name: "As it leaves" }));
  expect(screen.getByRole("img")).toHaveAttribute("src", "original-1");
  settle.mockResolvedValue(true);
  await userEvent.click(screen.getByRole("button", { name: "As it leaves" }));
  expect(await screen.findByRole("img", { name: /as it leaves/ })).toHaveAttribute("src", "leaving-1");
  expect(screen.queryByRole("group", { name: /^Masks on page/ })).toBeNull();
});

it("does not pretend that a page leaves that stays", async () => {
  show([face], 1, { leaves: () => false });
  await userEvent.click(screen.getByRole("button", { name: "As it leaves" }));
  expect(await screen.findByText("This page does not leave.")).toBeVisible();
  expect(screen.queryByRole("img")).toBeNull();
});

it("says so when a page cannot be shown", async () => {
  show();
  await fireEvent.error(screen.getByRole("img"));
  expect(screen.getByRole("alert")).toHaveTextContent("This page cannot be shown.");
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(screen.getByRole("img")).toBeVisible();
});

const frame = () => screen.getByRole("button", { name: /^Frame of what leaves/ });

it("draws the crop in its own mode, moves it and pulls it without steps, and leaves the masks alone", async () => {
  const { told, cut, editing } = show();
  await userEvent.click(screen.getByRole("button", { name: "Crop" }));
  const canvas = screen.getByRole("group", { name: /^What leaves of page 1/ });
  await hand("pointerdown", canvas, 100, 100);
  await hand("pointermove", canvas, 400, 300);
  await hand("pointerup", canvas, 400, 300);
  expect(cut).toHaveBeenLastCalledWith({ x: 1000, y: 1000, w: 3000, h: 2000 });
  expect(frame()).toHaveFocus();
  await hand("pointerdown", frame(), 150, 150);
  await hand("pointermove", canvas, 160, 170);
  await hand("pointerup", canvas, 160, 170);
  expect(editing.crop).toEqual({ x: 1100, y: 1200, w: 3000, h: 2000 });
  const handle = frame().querySelector(".handle.e") ?? expect.fail("no handle");
  await hand("pointerdown", handle, 410, 200);
  await hand("pointermove", canvas, 417, 200);
  await hand("pointerup", canvas, 417, 200);
  expect(editing.crop).toEqual({ x: 1100, y: 1200, w: 3070, h: 2000 });
  expect(told).not.toHaveBeenCalled();
});

it("works the crop by keys alone, with one past for crop and masks", async () => {
  const { editing } = show([]);
  await userEvent.keyboard("cn");
  expect(frame()).toHaveFocus();
  await userEvent.keyboard("{ArrowRight}{Shift>}{ArrowUp}{/Shift}");
  expect(editing.crop).toEqual({ x: 1100, y: 1000, w: 8000, h: 7900 });
  await userEvent.keyboard("{Escape}n");
  expect(mask(1)).toHaveFocus();
  await userEvent.keyboard("{Control>}zz{/Control}");
  expect([editing.masks.length, editing.crop?.h]).toEqual([0, 8000]);
  await userEvent.keyboard("c");
  frame().focus();
  await userEvent.keyboard("{Delete}");
  expect(editing.crop).toBeNull();
  await userEvent.keyboard("{Control>}z{/Control}");
  expect(editing.crop).not.toBeNull();
});

it("takes the place of crop and masks as numbers, and leaves what is no number as it was", async () => {
  const { editing } = show();
  await userEvent.keyboard("cn");
  const field = (name: string) => screen.getByRole("textbox", { name });
  await userEvent.clear(field("Frame: width, in percent"));
  await userEvent.type(field("Frame: width, in percent"), "33,25{Enter}");
  expect(editing.crop?.w).toBe(3325);
  await userEvent.clear(field("Frame: from the left, in percent"));
  await userEvent.type(field("Frame: from the left, in percent"), "far{Enter}");
  expect(editing.crop?.x).toBe(1000);
  await userEvent.click(screen.getByRole("button", { name: "Back to the masks" }));
  await userEvent.click(screen.getByRole("button", { name: "Mask 1" }));
  await userEvent.clear(field("Mask 1: width, in percent"));
  await userEvent.type(field("Mask 1: width, in percent"), "21");
  await userEvent.tab();
  expect(editing.masks[0]).toEqual({ ...face, w: 2250 });
});

it("offers no crop where pages leave whole", async () => {
  const { editing } = show([face], 1, { cuttable: false });
  expect(screen.queryByRole("button", { name: "Crop" })).toBeNull();
  await userEvent.keyboard("c");
  expect(editing.cutting).toBe(false);
});
