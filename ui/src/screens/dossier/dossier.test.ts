import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { toasts } from "../../parts/toast.svelte";
import { type Answers, fakeIpc, refusal } from "../../testing/fakeIpc";
import { dossier } from "../../testing/sample/dossier";
import DossierScreen from "./DossierScreen.svelte";
import { isTyping, shortcutOf } from "./shortcut";

async function show(changed: Partial<Answers> = {}) {
  const fake = fakeIpc(changed);
  const given = { id: "ring-magnets", onback: vi.fn(), onsearch: vi.fn(), onlock: vi.fn() };
  render(DossierScreen, given);
  await screen.findByRole("heading", { name: "Ring magnets, PO 4711" });
  return { fake, ...given };
}

describe("the frame of a dossier", () => {
  it("shows the rules and the day on which they were checked", async () => {
    await show();
    const rail = screen.getByRole("navigation", { name: "Screens of the dossier" });
    expect(rail).toHaveTextContent("cn-dual-use-rare-earth");
    expect(rail).toHaveTextContent("23 Nov 2026");
  });

  it("goes to each screen by click and by number, and marks where one is", async () => {
    await show();
    await userEvent.click(screen.getByRole("button", { name: "Ledger" }));
    expect(await screen.findByRole("heading", { name: "What left" })).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Ledger" })).toHaveAttribute("aria-current", "page");
    await userEvent.keyboard("{Control>}5{/Control}");
    expect(await screen.findByRole("heading", { name: "Parties" })).toBeInTheDocument();
  });

  it("takes the last change back on Ctrl+Z, and shows the screen anew", async () => {
    const { fake } = await show();
    await screen.findByRole("heading", { name: "Checklist" });
    const before = fake.given("checklist").length;
    await userEvent.keyboard("{Control>}z{/Control}");
    await waitFor(() => expect(fake.given("checklist").length).toBeGreaterThan(before));
    expect(fake.given("undo")).toEqual([{ dossier: "ring-magnets", seen: null }]);
    expect(toasts.at(-1)?.text).toBe("The last change was taken back.");
  });

  it("leaves Ctrl+Z to a field while one types in it", async () => {
    const { fake } = await show();
    await userEvent.click(await screen.findByRole("button", { name: /Contract or purchase order/ }));
    await userEvent.click(await screen.findByRole("textbox", { name: "Contract or order number" }));
    await userEvent.keyboard("{Control>}z{/Control}");
    expect(fake.given("undo")).toEqual([]);
  });

  it("offers no undo where there is nothing to take back", async () => {
    await show({ dossier: () => ({ ...dossier, canUndo: false }) });
    expect(screen.getByRole("button", { name: "Undo" })).toBeDisabled();
  });

  it("saves what is typed before it goes elsewhere", async () => {
    const { fake, onback } = await show();
    await userEvent.click(await screen.findByRole("button", { name: /Contract or purchase order/ }));
    const field = await screen.findByRole("textbox", { name: "Contract or order number" });
    await userEvent.type(field, "-C");
    await userEvent.click(screen.getByRole("button", { name: "Dossiers" }));
    await waitFor(() => expect(onback).toHaveBeenCalledOnce());
    expect(fake.given("save_fields")[0]?.entries[0]?.en).toBe("PO 4711-C");
  });

  it("says where files are taken in when they are dropped elsewhere", async () => {
    const { fake } = await show();
    await waitFor(async () => {
      await fake.tell("files-dropped", ["/a.jpg"]);
      expect(toasts.at(-1)?.text).toMatch(/exhibits screen/);
    });
    expect(fake.given("import_exhibits")).toEqual([]);
  });

  it("says why a dossier cannot be opened", async () => {
    fakeIpc({
      dossier: () => {
        throw refusal("no-such-dossier");
      },
    });
    render(DossierScreen, { id: "gone", onback: vi.fn(), onsearch: vi.fn(), onlock: vi.fn() });
    expect(await screen.findByRole("alert")).toHaveTextContent("There is no such dossier.");
  });
});

describe("a key", () => {
  const key = (init: KeyboardEventInit) => shortcutOf(new KeyboardEvent("keydown", init));

  it("means something only with Ctrl or Cmd, and without Shift and Alt", () => {
    expect(key({ key: "z", ctrlKey: true })).toBe("undo");
    expect(key({ key: "Z", metaKey: true })).toBe("undo");
    expect(key({ key: "z" })).toBeNull();
    expect(key({ key: "z", ctrlKey: true, shiftKey: true })).toBeNull();
    expect(key({ key: "6", ctrlKey: true })).toBe("6");
    expect(key({ key: "9", ctrlKey: true })).toBe("9");
    expect(key({ key: "0", ctrlKey: true })).toBeNull();
  });

  it("goes into text fields, not into ticks", () => {
    const tick = document.createElement("input");
    tick.type = "checkbox";
    expect(isTyping(tick)).toBe(false);
    expect(isTyping(document.createElement("textarea"))).toBe(true);
    expect(isTyping(document.createElement("input"))).toBe(true);
  });
});
