import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { clear, KEPT_MS, watchClipboard } from "./clipboard";

let held = "";
let stop: () => void;
const cleared = vi.fn();

function copySelected(text: string) {
  document.body.textContent = text;
  document.getSelection()?.selectAllChildren(document.body);
  held = text;
  document.dispatchEvent(new Event("copy"));
}

beforeEach(() => {
  vi.useFakeTimers();
  held = "";
  cleared.mockClear();
  vi.stubGlobal("navigator", {
    clipboard: {
      readText: () => Promise.resolve(held),
      writeText: (text: string) => {
        held = text;
        return Promise.resolve();
      },
    },
  });
  stop = watchClipboard(cleared);
});

afterEach(async () => {
  await clear();
  stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("what was copied from a vault", () => {
  it("is taken off the clipboard after a while, and that is said", async () => {
    copySelected("a trade secret");
    await vi.advanceTimersByTimeAsync(KEPT_MS - 1);
    expect(held).toBe("a trade secret");
    await vi.advanceTimersByTimeAsync(1);
    expect(held).toBe("");
    expect(cleared).toHaveBeenCalledOnce();
  });

  it("is left alone when something else was put there meanwhile", async () => {
    copySelected("a trade secret");
    held = "a shopping list";
    await vi.advanceTimersByTimeAsync(KEPT_MS * 2);
    expect(held).toBe("a shopping list");
    expect(cleared).not.toHaveBeenCalled();
  });

  it("counts anew when more is copied, and goes at once when the vault is locked", async () => {
    copySelected("one");
    await vi.advanceTimersByTimeAsync(KEPT_MS - 1);
    copySelected("two");
    await vi.advanceTimersByTimeAsync(KEPT_MS - 1);
    expect(held).toBe("two");
    expect(await clear()).toBe(true);
    expect(held).toBe("");
    expect(await clear()).toBe(false);
  });
});
