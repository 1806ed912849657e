import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";

import { forgetDrafts } from "../../nouns/form.svelte";
import { type Answers, fakeIpc, refusal } from "../../testing/fakeIpc";
import { checklist } from "../../testing/sample/checklist";
import { dossier } from "../../testing/sample/dossier";
import ChecklistScreen from "./ChecklistScreen.svelte";
import { filtered, firstLine } from "./filter";

async function show(target: string | null = null, changed: Partial<Answers> = {}) {
  const fake = fakeIpc(changed);
  const given = { dossier, target, onchanged: vi.fn(), ongo: vi.fn() };
  render(ChecklistScreen, { props: given });
  await screen.findByRole("heading", { name: "Checklist" });
  return { fake, ...given };
}

afterEach(forgetDrafts);

const list = () => screen.getByRole("region", { name: "Checklist" });
const detail = () => within(screen.getByRole("region", { name: "The chosen point" }));

describe("the list", () => {
  it("says of each point how far it is, its name in both languages, and who asks", async () => {
    await show();
    const law = within(list()).getByRole("button", { name: /Contract or purchase order/ });
    expect(law).toHaveTextContent("Ready");
    expect(law).toHaveTextContent("合同（订单）副本");
    expect(law).toHaveTextContent("Law");
    expect(within(list()).getByRole("button", { name: /Production scenes/ })).toHaveTextContent("Reported practice");
  });

  it("opens the first point that is open, or the one that is asked for", async () => {
    await show();
    expect(detail().getByRole("heading", { level: 2 })).toHaveTextContent("Control-list, watch-list");
    expect(firstLine(checklist, "photos-that-are-gone")).toBe("party-screening");
    expect(firstLine(checklist, "quality-certificates")).toBe("quality-certificates");
  });

  it("can be narrowed to what is open and what is required", async () => {
    await show();
    await userEvent.click(screen.getByRole("checkbox", { name: "Open only" }));
    expect(within(list()).queryByRole("button", { name: /Contract or purchase order/ })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole("checkbox", { name: "Required only" }));
    expect(within(list()).queryByRole("button", { name: /Production scenes/ })).not.toBeInTheDocument();
    expect(within(list()).getByRole("button", { name: /Detailed end-use statement/ })).toBeInTheDocument();
  });

  it("leaves out sections without a point, and keeps a settled one off the open ones", () => {
    const open = filtered(checklist, { open: true, required: false }).flatMap(({ lines }) => lines.map(({ id }) => id));
    expect(open).not.toContain("downstream-customers");
    const required = filtered(checklist, { open: false, required: true });
    expect(required.flatMap(({ lines }) => lines).every(({ demand }) => demand !== "recommended")).toBe(true);
    expect(required.map(({ letter }) => letter)).not.toContain("F");
  });

  it("is walked with the arrow keys", async () => {
    await show();
    within(list()).getByRole("button", { name: /Control-list/ }).focus();
    await userEvent.keyboard("{ArrowUp}");
    expect(detail().getByRole("heading", { level: 2 })).toHaveTextContent("Item and control-code identification");
    expect(within(list()).getByRole("button", { name: /Item and control-code/ })).toHaveFocus();
  });

  it("that cannot be read says why", async () => {
    fakeIpc({
      checklist: () => {
        throw refusal("unknown-pack", { message: "" });
      },
    });
    render(ChecklistScreen, { props: { dossier, target: null, onchanged: vi.fn(), ongo: vi.fn() } });
    expect(await screen.findByRole("alert")).toHaveTextContent("does not have the dossier's rule pack");
  });
});

describe("a point", () => {
  it("shows who asks right after its title, with the exact words, the evidence and the sources", async () => {
    await show("production-scene-photos");
    const basis = within(detail().getByRole("region", { name: "Who asks for it" }));
    expect(basis.getByText("Firms report that it is asked; no law or office guide does.")).toBeInTheDocument();
    expect(basis.getByText(/^No law asks for it\./)).toBeInTheDocument();
    expect(basis.getByText(/Two or more independent sources/)).toBeInTheDocument();
    expect(basis.getByText("Asked because it is the first order with this supplier.")).toBeInTheDocument();
    await userEvent.click(basis.getByText(/Sources: 2/));
    expect(basis.getByText("Goudsmit Magnetics, customer notice, November 2025")).toBeVisible();
  });

  it("says how little is enough, what it gives away and when it leaves", async () => {
    await show("production-scene-photos");
    expect(detail().getByText(/^Three photographs of standard machines\./)).toBeInTheDocument();
    expect(detail().getByText("Risk: High")).toBeInTheDocument();
    expect(detail().getByText("Leaves with the first filing")).toBeInTheDocument();
  });

  it("that only practice or inference asks for may politely be declined, and says so", async () => {
    await show("production-scene-photos");
    expect(detail().getByText(/May politely be declined/)).toBeInTheDocument();
  });

  it("that law asks for is not called declinable", async () => {
    await show("purchase-contract");
    expect(detail().queryByText(/May politely be declined/)).not.toBeInTheDocument();
  });

  it("asks the firm about its own side, and keeps nothing without a reason", async () => {
    const own = structuredClone(checklist);
    const first = own.sections[0]?.lines[0];
    if (first) first.id = "own-country-legal-check";
    const { fake } = await show("own-country-legal-check", { checklist: () => own });
    const question = /Is anything that you would send controlled at home/;
    const asked = within(await detail().findByRole("radiogroup", { name: question }));
    await userEvent.click(asked.getByRole("radio", { name: "Yes" }));
    expect(detail().getByText("Get a classification, or a licence, before it is sent.")).toBeInTheDocument();
    const [keep] = detail().getAllByRole("button", { name: "Keep" });
    expect(keep).toBeDisabled();
    const [why] = detail().getAllByRole("textbox", { name: "Why" });
    await userEvent.type(why as HTMLElement, "Drawings");
    await userEvent.click(keep as HTMLElement);
    const given = { question: "home-law", yes: true, reason: "Drawings" };
    await waitFor(() => expect(fake.given("answer_own_side")).toMatchObject([given]));
  });

  it("is filled in right here, and the list is computed anew", async () => {
    const { fake, onchanged } = await show("end-use-statement");
    expect(detail().getByText("Function of the item is blank.")).toBeInTheDocument();
    const before = fake.given("checklist").length;
    const field = within(await screen.findByRole("group", { name: "Function of the item" }));
    await userEvent.type(field.getByRole("textbox", { name: "English" }), "Drives the voice coil");
    await userEvent.tab();
    await waitFor(() => expect(onchanged).toHaveBeenCalled());
    expect(fake.given("save_fields")[0]?.entries).toEqual([
      { key: "end-use.function", en: "Drives the voice coil", zh: "" },
    ]);
    await waitFor(() => expect(fake.given("checklist").length).toBeGreaterThan(before));
    expect(field.getByRole("textbox", { name: "English" })).toHaveValue("Drives the voice coil");
  });

  it("leads to the exhibits that it wants, and to its statement", async () => {
    const { ongo } = await show("production-scene-photos");
    await userEvent.click(detail().getByRole("button", { name: "Clear them" }));
    expect(ongo).toHaveBeenLastCalledWith("exhibits", "production-scene");
    await userEvent.click(await detail().findByRole("button", { name: /Assembly line/ }));
    expect(ongo).toHaveBeenLastCalledWith("exhibits", "production-scene");
    await userEvent.click(within(list()).getByRole("button", { name: /Detailed end-use statement/ }));
    await userEvent.click(detail().getByRole("button", { name: "See it" }));
    expect(ongo).toHaveBeenLastCalledWith("statements", "end-use");
  });

  it("whose condition is open leads to the questions that settle it", async () => {
    await show("end-user-certificate");
    await userEvent.click(detail().getByRole("button", { name: "Settle it" }));
    const question = await detail().findByRole("radiogroup", { name: "Does the supplier apply for a general licence?" });
    expect(within(question).getByRole("radio", { name: "Not known yet" })).toBeChecked();
  });

  it("is answered by word, once something was written", async () => {
    const { fake } = await show("party-screening");
    expect(detail().getByRole("button", { name: "It is done" })).toBeDisabled();
    await userEvent.type(detail().getByRole("textbox", { name: "What was done, and what came of it?" }), "No match.");
    await userEvent.click(detail().getByRole("button", { name: "It is done" }));
    expect(await detail().findByText("No match.")).toBeInTheDocument();
    expect(fake.given("answer")).toEqual([
      { dossier: "ring-magnets", requirement: "party-screening", kind: "declared", text: "No match." },
    ]);
    await userEvent.click(detail().getByRole("button", { name: "Take back" }));
    await waitFor(() => expect(fake.given("answer").at(-1)).toMatchObject({ kind: "none" }));
  });

  it("keeps words that were begun when one looks at another point first", async () => {
    await show("party-screening");
    await userEvent.type(detail().getByRole("textbox", { name: "What was done, and what came of it?" }), "Half a sen");
    await userEvent.click(within(list()).getByRole("button", { name: /Quality certificates/ }));
    await userEvent.click(within(list()).getByRole("button", { name: /Control-list/ }));
    expect(detail().getByRole("textbox", { name: "What was done, and what came of it?" })).toHaveValue("Half a sen");
  });

  it("that cannot be had is settled with its reason", async () => {
    const { fake } = await show("quality-certificates");
    await userEvent.click(detail().getByRole("button", { name: "It cannot be had …" }));
    await userEvent.type(detail().getByRole("textbox", { name: "Why can it not be had?" }), "We have none.");
    await userEvent.click(detail().getByRole("button", { name: "Note the reason" }));
    await waitFor(() =>
      expect(fake.given("answer")).toEqual([
        { dossier: "ring-magnets", requirement: "quality-certificates", kind: "missing-because", text: "We have none." },
      ]),
    );
    expect(within(list()).getByRole("button", { name: /Quality certificates/ })).toHaveTextContent("Cannot be had");
  });

  it("notes the supplier's written request with its day and words", async () => {
    const { fake } = await show("downstream-customers");
    expect(detail().getByText(/so nothing of it leaves now/)).toBeInTheDocument();
    await userEvent.click(detail().getByRole("button", { name: "Note a written request …" }));
    expect(detail().getByRole("textbox", { name: "Day of the request" })).toHaveValue(checklist.day);
    await userEvent.clear(detail().getByRole("textbox", { name: "Day of the request" }));
    await userEvent.type(detail().getByRole("textbox", { name: "Day of the request" }), "20.11.2026");
    await userEvent.type(detail().getByRole("textbox", { name: "Its words" }), "Please name your customers.");
    await userEvent.click(detail().getByRole("button", { name: "Note it" }));
    expect(detail().getByRole("alert")).toHaveTextContent("Write the day as year, month, day");
    expect(fake.given("request")).toEqual([]);
    await userEvent.clear(detail().getByRole("textbox", { name: "Day of the request" }));
    await userEvent.type(detail().getByRole("textbox", { name: "Day of the request" }), "2026-11-20");
    await userEvent.click(detail().getByRole("button", { name: "Note it" }));
    await waitFor(() => expect(fake.given("request")[0]).toMatchObject({ quote: "Please name your customers.", day: "2026-11-20" }));
    expect(await detail().findByText("Please name your customers.")).toBeInTheDocument();
  });

  it("that does not apply says why and asks for nothing", async () => {
    await show("suspension-status-check");
    expect(detail().getByText(/^Not asked because/)).toBeInTheDocument();
    expect(detail().queryByRole("heading", { name: "What is to be done" })).not.toBeInTheDocument();
  });
});
