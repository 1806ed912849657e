// Can every word be read on every surface, in light and in dark?
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");
type Look = "light" | "dark";

/** A token's colour in one appearance. */
function colour(token: string, look: Look): string {
  const pair = new RegExp(`--${token}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  const one = new RegExp(`--${token}: (#[0-9a-f]{6})`).exec(css);
  const found = pair?.[look === "light" ? 1 : 2] ?? one?.[1];
  if (found === undefined) throw new Error(`no colour ${token}`);
  return found;
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio, WCAG 2.2. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

describe.each<Look>(["light", "dark"])("in %s", (look) => {
  const surfaces = ["desk", "paper", "sheet", "sunk", "hover", "chosen"];
  const inks = ["ink", "ink-soft", "ink-faint", "accent", "good", "warn", "bad"];

  it.each(surfaces.flatMap((surface) => inks.map((ink) => [ink, surface] as const)))(
    "%s on %s keeps 4.5 to 1",
    (ink, surface) => {
      expect(contrast(colour(ink, look), colour(surface, look))).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each([
    ["good", "good-wash"],
    ["warn", "warn-wash"],
    ["bad", "bad-wash"],
    ["ink", "good-wash"],
    ["ink", "warn-wash"],
    ["ink", "bad-wash"],
    ["ink-soft", "bad-wash"],
    ["accent", "warn-wash"],
    ["on-accent", "accent-fill"],
    ["on-accent", "accent-fill-hover"],
    ["on-accent", "danger-fill"],
    ["on-accent", "danger-fill-hover"],
    ["print-ink", "print-paper"],
    ["print-soft", "print-paper"],
    ["print-gap", "print-paper"],
    ["sheet", "ink"],
    ["sheet", "bad"],
    ["sheet", "warn"],
    ["sheet", "ink-soft"],
  ])("%s on %s keeps 4.5 to 1", (ink, surface) => {
    expect(contrast(colour(ink, look), colour(surface, look))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["desk", "paper", "sheet", "sunk"])("a control's border and the focus keep 3 to 1 on %s", (surface) => {
    expect(contrast(colour("line-strong", look), colour(surface, look))).toBeGreaterThanOrEqual(3);
    expect(contrast(colour("focus", look), colour(surface, look))).toBeGreaterThanOrEqual(3);
  });
});
