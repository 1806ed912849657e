// Where does a mask lie, and where does it lie after it was drawn, moved or resized?
//
// Everything is counted in ten-thousandths of the page's width and height, as whole numbers, the
// same as in the vault. Whatever the hand does, an area stays on the page and is never empty.
// Deliberately absent: pixels beyond one conversion, and the screen.

/** The length of a page's side. */
export const ONE = 10_000;

/** The shortest side that can be drawn or left by resizing; about 8 pixels of a page image. */
export const LEAST = 50;

/** The width of a mask is a multiple of this, so that it says nothing about a word's length. */
export const WIDTH_STEP = 250;

/** How far an arrow key goes; with the fine key a tenth of it. */
export const STEP = 100;

/** How far an arrow key goes while the fine key is held. */
export const FINE_STEP = 10;

/** A rectangle on the page. */
export interface Area {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** A place on the page; may lie between whole numbers and outside of the page. */
export interface Point {
  x: number;
  y: number;
}

/** The edges that a handle takes along, by compass. */
export type Handle = "nw" | "n" | "ne" | "e" | "se" | "s" | "sw" | "w";

/** Every handle, in the order in which they are drawn. */
export const HANDLES: readonly Handle[] = ["nw", "n", "ne", "e", "se", "s", "sw", "w"];

/** True when the area is made of whole numbers, is not empty and lies on the page. */
export function isValid({ x, y, w, h }: Area): boolean {
  const inside = (start: number, length: number) =>
    Number.isInteger(start) && Number.isInteger(length) && start >= 0 && length >= 1 && start + length <= ONE;
  return inside(x, w) && inside(y, h);
}

/** The place on the page under a place on the screen, given where the page is on the screen. */
export function onPage(screen: Point, page: { left: number; top: number; width: number; height: number }): Point {
  if (page.width <= 0 || page.height <= 0) return { x: 0, y: 0 };
  return {
    x: ((screen.x - page.left) / page.width) * ONE,
    y: ((screen.y - page.top) / page.height) * ONE,
  };
}

/**
 * The area between two corners, rounded outwards so that nothing that was covered shows; nothing when
 * it is too small to be meant.
 */
export function drawn(from: Point, to: Point): Area | undefined {
  const x = span(from.x, to.x);
  const y = span(from.y, to.y);
  if (x.length < LEAST || y.length < LEAST) return undefined;
  return snapped({ x: x.start, y: y.start, w: x.length, h: y.length });
}

/**
 * The part between two corners that a crop leaves, rounded inwards so that nothing beside it is kept; nothing when it
 * is too small to be meant.
 */
export function framed(from: Point, to: Point): Area | undefined {
  const side = (a: number, b: number): Span => {
    const start = clamp(Math.ceil(Math.min(a, b)), 0, ONE);
    return { start, length: clamp(Math.floor(Math.max(a, b)), 0, ONE) - start };
  };
  const [x, y] = [side(from.x, to.x), side(from.y, to.y)];
  if (x.length < LEAST || y.length < LEAST) return undefined;
  return { x: x.start, y: y.start, w: x.length, h: y.length };
}

/** The area with its width grown to a whole number of steps, to the right where there is room. */
export function snapped(area: Area): Area {
  const w = Math.min(Math.ceil(area.w / WIDTH_STEP) * WIDTH_STEP, ONE);
  return { ...area, x: Math.min(area.x, ONE - w), w };
}

/** True when an area lies wholly under another one. */
export function lies(area: Area, under: Area): boolean {
  const inside = (start: number, length: number, from: number, all: number) =>
    start >= from && start + length <= from + all;
  return inside(area.x, area.w, under.x, under.w) && inside(area.y, area.h, under.y, under.h);
}

/** The area, moved as far as the page lets it. */
export function moved(area: Area, by: Point): Area {
  return {
    ...area,
    x: clamp(Math.round(area.x + by.x), 0, ONE - area.w),
    y: clamp(Math.round(area.y + by.y), 0, ONE - area.h),
  };
}

/**
 * The area with the edges of one handle moved; edges stop at the page and never cross. The width goes from
 * step to step, so that even a small move of its edge changes it.
 */
export function resized(area: Area, handle: Handle, by: Point): Area {
  const x = stepped(area, side(area.x, area.w, handle.includes("w"), handle.includes("e"), by.x), handle.includes("w"));
  const y = side(area.y, area.h, handle.includes("n"), handle.includes("s"), by.y);
  return { x: x.start, y: y.start, w: x.length, h: y.length };
}

/** The same without steps, for a crop, which covers no word. */
export function stretched(area: Area, handle: Handle, by: Point): Area {
  const x = side(area.x, area.w, handle.includes("w"), handle.includes("e"), by.x);
  const y = side(area.y, area.h, handle.includes("n"), handle.includes("s"), by.y);
  return { x: x.start, y: y.start, w: x.length, h: y.length };
}

/**
 * The area with one of its numbers written anew, in percent of the page: `12.5` or `12,5`. It stays on the page;
 * nothing when what was written is no such number.
 */
export function written(area: Area, which: keyof Area, text: string): Area | undefined {
  const found = /^\s*(\d{1,3})(?:[.,](\d{1,2}))?\s*%?\s*$/.exec(text);
  if (!found) return undefined;
  const number = Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0"));
  const most = { x: ONE - area.w, y: ONE - area.h, w: ONE - area.x, h: ONE - area.y }[which];
  const least = which === "w" || which === "h" ? Math.min(LEAST, most) : 0;
  return { ...area, [which]: clamp(number, least, most) };
}

/** A new area in the middle of the page, a little further down for each that is there already. */
export function inTheMiddle(already: readonly Area[]): Area {
  const fresh: Area = { x: 4000, y: 4500, w: 2000, h: 1000 };
  let at = fresh;
  const taken = (spot: Area) => already.some((known) => known.x === spot.x && known.y === spot.y);
  while (taken(at) && at.y + at.h < ONE) at = moved(at, { x: 200, y: 200 });
  return at;
}

/** Where a handle sits on its area. */
export function handlePoint({ x, y, w, h }: Area, handle: Handle): Point {
  const across = handle.includes("w") ? 0 : handle.includes("e") ? 1 : 0.5;
  const down = handle.includes("n") ? 0 : handle.includes("s") ? 1 : 0.5;
  return { x: x + w * across, y: y + h * down };
}

interface Span {
  start: number;
  length: number;
}

function span(a: number, b: number): Span {
  const start = clamp(Math.floor(Math.min(a, b)), 0, ONE);
  const end = clamp(Math.ceil(Math.max(a, b)), 0, ONE);
  return { start, length: end - start };
}

function side(start: number, length: number, first: boolean, last: boolean, by: number): Span {
  // A mask from elsewhere may be smaller than what can be drawn; it may keep its size.
  const least = Math.min(LEAST, length);
  let from = start;
  let to = start + length;
  if (first) from = clamp(Math.round(from + by), 0, to - least);
  if (last) to = clamp(Math.round(to + by), from + least, ONE);
  return { start: from, length: to - from };
}

/** The span with its length on a step, away from the edge that stays: up when it grew, down when it shrank. */
function stepped(area: Area, span: Span, first: boolean): Span {
  const end = span.start + span.length;
  const room = Math.floor((first ? end : ONE - span.start) / WIDTH_STEP);
  if (span.length === area.w || room < 1) return span;
  const steps = span.length / WIDTH_STEP;
  const length = clamp(span.length > area.w ? Math.ceil(steps) : Math.floor(steps), 1, room) * WIDTH_STEP;
  return { start: first ? end - length : span.start, length };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
