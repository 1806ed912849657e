import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";

import { forgetDrafts } from "../../nouns/form.svelte";
import { type Answers, fakeIpc, refusal } from "../../testing/fakeIpc";
import { dossier } from "../../testing/sample/dossier";
import { scope, unsettled } from "../../testing/sample/scope";
import ScopeScreen from "./ScopeScreen.svelte";

async function show(changed: Partial<Answers> = {}) {
  const fake = fakeIpc(changed);
  const [onchanged, ongo] = [vi.fn(), vi.fn()];
  render(ScopeScreen, { props: { dossier, target: null, onchanged, ongo } });
  await screen.findByRole("article");
  return { fake, onchanged, ongo };
}

afterEach(forgetDrafts);

describe("the scope question", () => {
  it("is answered with the sentence that applies, its line and who says so, and those that do not with the reason", async () => {
    await show();
    const finding = within(screen.getByRole("article", { name: "Finding for Ring magnet" }));
    expect(finding.getByText("Listed: a licence is needed. The exporter decides on the code.")).toBeInTheDocument();
    expect(finding.getByText(/lists NdFeB permanent magnet materials/)).toBeInTheDocument();
    expect(finding.getByText("1C905.a.4")).toBeInTheDocument();
    expect(finding.getByText("In force")).toBeInTheDocument();
    expect(finding.getByText("Announcement")).toBeInTheDocument();
    expect(finding.getByText(/Does not apply: what is shipped is/)).toBeInTheDocument();
  });

  it("says what must be asked, and what was not understood", async () => {
    await show({ scope: () => unsettled });
    expect(screen.getByText(/Ask the supplier for its report on dysprosium/)).toBeInTheDocument();
    expect(screen.getByText("Not understood in the mass fractions: plenty")).toBeInTheDocument();
    expect(screen.getByText(/letters of a grade do not say/)).toBeInTheDocument();
  });

  it("follows while one types", async () => {
    const { fake, onchanged } = await show();
    const before = fake.given("scope").length;
    const field = await screen.findByRole("textbox", { name: "Mass fractions by a report" });
    await userEvent.clear(field);
    await userEvent.type(field, "Dy 0");
    await waitFor(() => expect(fake.given("scope").length).toBeGreaterThan(before), { timeout: 3000 });
    expect(fake.given("save_fields").at(-1)?.entries).toEqual([{ key: "item.ring.measured", en: "Dy 0", zh: "Dy 0" }]);
    expect(onchanged).toHaveBeenCalled();
  });

  it("is taken over into the checklist only when somebody says so", async () => {
    const { fake, onchanged } = await show({ scope: () => unsettled });
    expect(screen.getByText("(so far: No)")).toBeInTheDocument();
    expect(fake.given("adopt_scope")).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Take over into the checklist" }));
    await waitFor(() => expect(onchanged).toHaveBeenCalled());
    expect(fake.given("adopt_scope")).toEqual([{ dossier: "ring-magnets" }]);
  });

  it("says why it cannot be asked", async () => {
    fakeIpc({
      scope: () => {
        throw refusal("no-such-dossier");
      },
    });
    render(ScopeScreen, { props: { dossier, target: null, onchanged: vi.fn(), ongo: vi.fn() } });
    expect(await screen.findByRole("alert")).toHaveTextContent("There is no such dossier.");
  });
});

describe("the status register", () => {
  it("tells what nobody knows, since which day and what to do, and opens to all announcements", async () => {
    await show();
    expect(screen.getByText("Status unknown since 11 Nov 2026: Nos. 57/2025, 61/2025, 62/2025.")).toBeInTheDocument();
    expect(screen.getByText(/prepare as if the goods were controlled/)).toBeInTheDocument();
    await userEvent.click(screen.getByText("How 2 announcements stand"));
    expect(screen.getByText("Unknown since 2026-11-11")).toBeVisible();
  });
});

describe("the tables", () => {
  it("are searched, and a name in Chinese is found as well", async () => {
    const { fake } = await show();
    const tables = within(screen.getByRole("region", { name: "Tables of listed goods" }));
    await userEvent.type(tables.getByRole("textbox"), "钬");
    expect(await tables.findByText("1C909")).toBeInTheDocument();
    expect(tables.getByText("1 line")).toBeInTheDocument();
    expect(fake.given("goods").at(-1)).toEqual({ dossier: "ring-magnets", asked: "钬" });
    await userEvent.type(tables.getByRole("textbox"), "x");
    expect(await tables.findByText(/Not in the tables of this rule pack/)).toBeInTheDocument();
  });
});

describe("the page", () => {
  it("is written for the firm's own files or for a party, and the ledger remembers it", async () => {
    const { fake, ongo } = await show({ scope: () => ({ ...scope, free: true }) });
    expect(screen.getByText(/No application is a good result/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Print the finding …" }));
    expect(screen.getByRole("button", { name: "Write the page" })).toBeDisabled();
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "For" }), "supplier");
    await userEvent.click(screen.getByRole("button", { name: "Choose where …" }));
    await userEvent.click(await screen.findByRole("button", { name: "Write the page" }));
    expect(await screen.findByText("Written, pages: 1. Ledger line 3.")).toBeInTheDocument();
    expect(fake.given("print_scope")).toEqual([
      { dossier: "ring-magnets", recipient: "supplier", folder: "/home/purchasing/Documents/2026-11-25-scope" },
    ]);
    await userEvent.click(screen.getByRole("button", { name: "To the ledger" }));
    expect(ongo).toHaveBeenCalledWith("ledger");
  });
});
