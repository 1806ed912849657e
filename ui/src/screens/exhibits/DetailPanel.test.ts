import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import type { ExhibitChangeDto } from "../../ipc/generated/ExhibitChangeDto";
import type { ExhibitDto } from "../../ipc/generated/ExhibitDto";
import { fakeIpc } from "../../testing/fakeIpc";
import { checklist } from "../../testing/sample/checklist";
import { dossier } from "../../testing/sample/dossier";
import { exhibits } from "../../testing/sample/exhibits";
import DetailPanel from "./DetailPanel.svelte";
import { changeOf } from "./draft.svelte";
import { Editing } from "./editing.svelte";

function show(id: string, part: Partial<ExhibitChangeDto> = {}, file: Partial<ExhibitDto> = {}) {
  const sample = exhibits.find((known) => known.id === id) ?? expect.fail("no such sample");
  const exhibit = { ...sample, ...file };
  const told = { onchange: vi.fn(), onleave: vi.fn(), ongo: vi.fn(), settle: async () => true, onmasked: vi.fn() };
  const change = { ...changeOf(exhibit), ...part };
  const editing = new Editing(exhibit.masks, vi.fn());
  fakeIpc();
  render(DetailPanel, { dossier, exhibit, sections: checklist.sections, change, editing, nameOf: (id) => `The ${id}`, ...told });
  return { ...told, editing };
}

const block = (name: string) => within(screen.getByRole("region", { name }));

it("says what the file would give away, and that it is removed", () => {
  show("item-photo");
  const traces = block("What this file would give away");
  expect(traces.getByText("Place where it was taken: 43.74, 11.35")).toBeVisible();
  expect(traces.getByText(/removed when the exhibit leaves/)).toBeVisible();
});

it("changes level, kind, title and caption, each by itself", async () => {
  const { onchange, onleave } = show("item-photo");
  await userEvent.click(screen.getByRole("radio", { name: "Secret" }));
  expect(onchange).toHaveBeenLastCalledWith({ level: "secret" });
  await userEvent.click(screen.getByRole("radio", { name: "Document" }));
  expect(onchange).toHaveBeenLastCalledWith({ kind: "document" });
  const [title] = block("Title and caption").getAllByRole("textbox", { name: "Chinese" });
  await userEvent.type(title ?? expect.fail("no field"), "图");
  expect(onchange).toHaveBeenLastCalledWith({ title: { en: "Loose magnet, three views", zh: "散装磁体三视图图" } });
  await userEvent.tab();
  expect(onleave).toHaveBeenCalled();
});

it("takes requirements from the checklist, found by a word, and gives them back", async () => {
  const { onchange, ongo } = show("production-scene");
  const answers = block("What it answers");
  await userEvent.click(answers.getByText("Choose from the checklist"));
  await userEvent.type(answers.getByRole("textbox", { name: "Search the checklist" }), "screening");
  expect(answers.queryByRole("checkbox", { name: /Item and control-code/ })).toBeNull();
  await userEvent.click(answers.getByRole("checkbox", { name: /watch-list/ }));
  expect(onchange).toHaveBeenLastCalledWith({ answers: ["production-scene-photos", "party-screening"] });
  await userEvent.click(answers.getByRole("checkbox", { name: "Production scenes" }));
  expect(onchange).toHaveBeenLastCalledWith({ answers: [] });
  await userEvent.click(answers.getByRole("button", { name: "Open “Production scenes” on the checklist" }));
  expect(ongo).toHaveBeenCalledExactlyOnceWith("checklist", "production-scene-photos");
});

it("chooses the pages of a paper that leave, and takes no page that it has not", async () => {
  const { onchange } = show("purchase-order");
  const pages = block("Pages that leave");
  const field = pages.getByRole("textbox", { name: "Pages" });
  await userEvent.clear(field);
  expect(onchange).toHaveBeenLastCalledWith({ leavingPages: [] });
  onchange.mockClear();
  await userEvent.type(field, "3");
  expect(pages.getByRole("alert")).toHaveTextContent("“3” is no page of this file; it has 2.");
  expect(onchange).not.toHaveBeenCalled();
});

it("never takes the last page away", () => {
  show("purchase-order");
  expect(screen.getByRole("checkbox", { name: "Page 1, which is shown, leaves" })).toBeDisabled();
});

it("does not ask for pages of a picture", () => {
  show("item-photo");
  expect(screen.queryByRole("region", { name: "Pages that leave" })).toBeNull();
});

it("names the file by its hash", () => {
  show("item-photo");
  const file = block("The file in the vault");
  expect(file.getByText("IMG_2207.jpg")).toBeVisible();
  expect(file.getByText("5f".repeat(32))).toBeVisible();
});

it("covers a text wherever it stands, as one step, and says where to look", async () => {
  const { editing } = show("purchase-order");
  const before = editing.masks.length;
  const cover = block("Cover a text wherever it stands");
  await userEvent.type(cover.getByRole("textbox", { name: "Text" }), "Sample");
  await userEvent.click(cover.getByRole("button", { name: "Cover all" }));
  expect(await cover.findByText(/2 masks were added, on pages 1, 2/)).toBeVisible();
  expect(editing.masks.length).toBe(before + 2);
  await userEvent.click(cover.getByRole("button", { name: "Cover all" }));
  expect(await cover.findByText(/covered already/)).toBeVisible();
  editing.undo();
  expect(editing.masks.length).toBe(before);
});

it("says that a text stands nowhere, and does not ask for one on a picture", async () => {
  show("purchase-order");
  const cover = block("Cover a text wherever it stands");
  await userEvent.type(cover.getByRole("textbox", { name: "Text" }), "nobody{Enter}");
  expect(await cover.findByText("“nobody” stands nowhere in the words of this file.")).toBeVisible();
  show("item-photo");
  expect(screen.getAllByRole("region", { name: "Cover a text wherever it stands" }).length).toBe(1);
});

it("names the pictures that show the same", async () => {
  const [first, second] = exhibits;
  show(first?.id ?? expect.fail("no sample"));
  expect(await screen.findByText(`Shows the same as The ${second?.id ?? ""}`)).toBeVisible();
});

it("names what was hidden badly with its page, and one press covers it as one step", async () => {
  const { editing, onchange } = show("purchase-order", {}, {
    hidden: [
      {
        page: 2,
        kind: "marked",
        words: "Klangfeld GmbH",
        masks: [
          { page: 2, x: 1000, y: 1000, w: 2500, h: 300, reason: "not-asked" },
          { page: 2, x: 1000, y: 1400, w: 2500, h: 300, reason: "not-asked" },
        ],
      },
    ],
  });
  const hidden = block("Hidden, but not gone");
  expect(hidden.getByText("Marked for redaction on page 2, never redacted: it would be seen")).toBeVisible();
  expect(hidden.getByText("Klangfeld GmbH")).toBeVisible();
  const before = editing.masks.length;
  await userEvent.click(hidden.getByRole("button", { name: "Mask these words" }));
  expect(editing.masks).toHaveLength(before + 2);
  expect(editing.masks.at(-1)).toMatchObject({ page: 2, reason: editing.reason });
  expect(editing.page).toBe(2);
  expect(hidden.getByText("Covered by masks")).toBeVisible();
  editing.undo();
  expect(editing.masks).toHaveLength(before);
  expect(await hidden.findByRole("button", { name: "Mask these words" })).toBeVisible();
  await userEvent.click(hidden.getByRole("checkbox", { name: "What is marked for redaction may be seen" }));
  expect(onchange).toHaveBeenCalledExactlyOnceWith({ markedMayBeSeen: true });
});

it("names a place once, tells it by that name, and forgets it again", async () => {
  show("item-photo");
  const traces = block("What this file would give away");
  await userEvent.click(traces.getByRole("button", { name: "This is one of our places …" }));
  const name = traces.getByRole("textbox", { name: "What you call it" });
  expect(name).toHaveValue("your plant");
  await userEvent.click(traces.getByRole("button", { name: "Name this place" }));
  expect(await traces.findByText("GPS of your plant (6 m)")).toBeVisible();
  await userEvent.click(traces.getByRole("button", { name: "Forget this place" }));
  expect(await traces.findByText(/^Place where it was taken/)).toBeVisible();
});
