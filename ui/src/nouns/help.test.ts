import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { fakeIpc } from "../testing/fakeIpc";
import FieldForm from "./FieldForm.svelte";

function show(key: string, place: string | null = null) {
  const fake = fakeIpc();
  render(FieldForm, { props: { dossier: "ring-magnets", keys: [key], place, onsaved: vi.fn() } });
  return fake;
}

describe("the wording", () => {
  it("is judged while one types, with an example of each grade beside it", async () => {
    const fake = show("end-use.function");
    const hint = within(await screen.findByRole("group", { name: "Wording" }));
    expect(hint.getByText("Position sensor for liquid level testing")).toBeInTheDocument();
    await userEvent.type(screen.getByRole("textbox", { name: "English" }), "Motor");
    expect(await screen.findByText("Says too little")).toBeInTheDocument();
    // Advice never keeps anything from being saved.
    await waitFor(() => expect(fake.given("save_fields").length).toBeGreaterThan(0), { timeout: 2000 });
    await userEvent.type(screen.getByRole("textbox", { name: "English" }), " of a pump");
    expect(await screen.findByText("Says enough, and not too much.")).toBeInTheDocument();
  });

  it("is not judged where the pack does not ask for it", async () => {
    const fake = show("end-use.country");
    await screen.findByRole("textbox", { name: "English" });
    expect(screen.queryByRole("group", { name: "Wording" })).not.toBeInTheDocument();
    expect(fake.given("judge_wording")).toEqual([]);
  });
});

describe("the glossary", () => {
  it("finds a term and puts its Chinese where the cursor stands", async () => {
    show("end-use.function");
    const chinese = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Chinese" });
    await userEvent.type(chinese, "用于的单元");
    chinese.setSelectionRange(2, 2);
    await userEvent.click(screen.getByRole("button", { name: "Glossary" }));
    await userEvent.type(screen.getByRole("textbox", { name: "Find by English, Chinese or pinyin" }), "loud");
    await userEvent.click(await screen.findByRole("button", { name: "Insert 扬声器 (loudspeaker)" }));
    expect(chinese).toHaveValue("用于扬声器的单元");
  });

  it("says when it has no such term", async () => {
    show("end-use.function");
    await userEvent.click(await screen.findByRole("button", { name: "Glossary" }));
    await userEvent.type(screen.getByRole("textbox", { name: "Find by English, Chinese or pinyin" }), "zzz");
    expect(await screen.findByText("The glossary has no such term.")).toBeInTheDocument();
  });
});

describe("a form", () => {
  it("leads to the field that somebody was sent to", async () => {
    show("order.number", "order.number");
    await waitFor(() => expect(screen.getByRole("textbox", { name: "Contract or order number" })).toHaveFocus());
  });
});
