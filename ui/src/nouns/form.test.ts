import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";

import { settle } from "../ipc/pending";
import { fakeIpc, refusal } from "../testing/fakeIpc";
import FieldForm from "./FieldForm.svelte";
import { forgetDrafts, PAUSE_MS } from "./form.svelte";

const keys = ["order.number", "order.signed", "order.transport"];

function show(onsaved = vi.fn()) {
  return render(FieldForm, { dossier: "ring-magnets", keys, onsaved });
}

async function day() {
  return screen.findByRole("textbox", { name: "Day of signing" });
}

afterEach(() => {
  vi.useRealTimers();
  forgetDrafts();
});

describe("a form that saves itself", () => {
  it("saves after a pause, once for many keys, and says how it stands", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
    const fake = fakeIpc();
    const onsaved = vi.fn();
    show(onsaved);
    await user.type(await screen.findByRole("textbox", { name: "Contract or order number" }), "-A");
    expect(screen.getByRole("status")).toHaveTextContent("Not saved yet");
    await vi.advanceTimersByTimeAsync(PAUSE_MS);
    await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("Saved"));
    expect(fake.given("save_fields")).toEqual([
      { dossier: "ring-magnets", entries: [{ key: "order.number", en: "PO 4711-A", zh: "PO 4711-A" }] },
    ]);
    expect(onsaved).toHaveBeenCalledOnce();
  });

  it("saves at once when a field is left, and a choice as soon as it is made", async () => {
    const fake = fakeIpc();
    show();
    await userEvent.type(await screen.findByRole("textbox", { name: "Contract or order number" }), "1");
    await userEvent.tab();
    await waitFor(() => expect(fake.given("save_fields")).toHaveLength(1));
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Transport" }), "Sea");
    await waitFor(() => expect(fake.given("save_fields")[1]?.entries).toEqual([{ key: "order.transport", en: "sea", zh: "sea" }]));
  });

  it("names what was not taken at its field, and keeps it when the screen is left and come back to", async () => {
    fakeIpc();
    const { unmount } = show();
    await userEvent.clear(await day());
    await userEvent.type(await day(), "30.10.2026");
    await userEvent.tab();
    expect(await screen.findByRole("alert")).toHaveTextContent("Write the day as YYYY-MM-DD.");
    expect(await settle()).toBe(false);
    unmount();
    show();
    expect(await day()).toHaveValue("30.10.2026");
    expect(screen.getByRole("alert")).toHaveTextContent("Write the day as YYYY-MM-DD.");
    await userEvent.clear(await day());
    await userEvent.type(await day(), "2026-10-30");
    await userEvent.tab();
    await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("Saved"));
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
  });

  it("is saved before anybody leads away from it, and when it goes", async () => {
    const fake = fakeIpc();
    const { unmount } = show();
    await userEvent.type(await screen.findByRole("textbox", { name: "Contract or order number" }), "X");
    expect(await settle()).toBe(true);
    expect(fake.given("save_fields")).toHaveLength(1);
    await userEvent.type(screen.getByRole("textbox", { name: "Contract or order number" }), "Y");
    unmount();
    await waitFor(() => expect(fake.given("save_fields")).toHaveLength(2));
  });

  it("keeps what was typed when nothing can be saved, says why, and tries again", async () => {
    let full = true;
    const fake = fakeIpc({
      save_fields: () => {
        if (full) throw refusal("disk-full", { message: "" });
        return { revision: 9, problems: [] };
      },
    });
    show();
    await userEvent.type(await screen.findByRole("textbox", { name: "Contract or order number" }), "-B");
    await userEvent.tab();
    expect(await screen.findByRole("alert")).toHaveTextContent("The disk is full.");
    expect(screen.getByRole("textbox", { name: "Contract or order number" })).toHaveValue("PO 4711-B");
    full = false;
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(screen.queryByRole("alert")).not.toBeInTheDocument());
    expect(fake.given("save_fields").at(-1)?.entries).toEqual([{ key: "order.number", en: "PO 4711-B", zh: "PO 4711-B" }]);
  });

  it("says whose a field is where there are several items", async () => {
    const field = (key: string) => ({
      key,
      label: { en: "Grade", zh: "牌号" },
      remark: "",
      kind: "text" as const,
      options: [],
      value: { en: "", zh: "" },
      judged: false,
    });
    fakeIpc({ form: ({ keys }) => keys.map(field) });
    render(FieldForm, { dossier: "d", keys: ["item.ring.grade", "item.disc.grade"], onsaved: vi.fn() });
    expect(await screen.findByRole("textbox", { name: "Grade (item ring)" })).toBeInTheDocument();
    expect(screen.getByRole("textbox", { name: "Grade (item disc)" })).toBeInTheDocument();
  });

  it("does not save one entry over a later one", async () => {
    let release = () => {};
    const fake = fakeIpc({
      save_fields: async ({ entries }) => {
        if (entries[0]?.en === "PO 4711-1") await new Promise<void>((done) => (release = done));
        return { revision: 9, problems: [] };
      },
    });
    show();
    const field = await screen.findByRole("textbox", { name: "Contract or order number" });
    await userEvent.type(field, "-1");
    await userEvent.tab();
    await userEvent.type(field, "2");
    await userEvent.tab();
    expect(fake.given("save_fields")).toHaveLength(1);
    release();
    await waitFor(() => expect(fake.given("save_fields")).toHaveLength(2));
    expect(fake.given("save_fields")[1]?.entries[0]?.en).toBe("PO 4711-12");
    expect(field).toHaveValue("PO 4711-12");
  });
});
