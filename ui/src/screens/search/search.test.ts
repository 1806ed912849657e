import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import type { FoundDto } from "../../ipc/generated/FoundDto";
import { fakeIpc, refusal } from "../../testing/fakeIpc";
import { beginsSearch, placeOf } from "./place";
import SearchDialog from "./SearchDialog.svelte";

const hit = (kind: FoundDto["kind"], id: string, title: string): FoundDto => ({
  dossier: "ring-magnets",
  dossierTitle: "Ring magnets",
  kind,
  id,
  title: [{ text: title, found: false }],
  snippet: [
    { text: "双方签订", found: false },
    { text: "保密", found: true },
    { text: "契约", found: false },
  ],
});
const found = [hit("exhibit", "hall", "The hall"), hit("party", "buyer", "Sample Audio S.r.l.")];

function open(search = vi.fn(() => found)) {
  const fake = fakeIpc({ search });
  const told = { ongo: vi.fn(), onclose: vi.fn() };
  render(SearchDialog, { props: told });
  return { ...told, fake, field: screen.getByRole("combobox", { name: "Search this vault" }) };
}

it("searches while something is typed, once for a word, and marks what was found", async () => {
  const { fake, field } = open();
  expect(field).toHaveFocus();
  await userEvent.type(field, "保密");
  const options = await screen.findAllByRole("option");
  expect(options).toHaveLength(2);
  expect(within(options[0] as HTMLElement).getByText("保密").tagName).toBe("MARK");
  expect(within(options[0] as HTMLElement).getByText("exhibit · Ring magnets")).toBeVisible();
  expect(screen.getByRole("status")).toHaveTextContent("2 things found");
  expect(fake.given("search")).toEqual([{ words: "保密", limit: 50 }]);
});

it("chooses by the arrow keys, says so, and opens by Enter", async () => {
  const { field, ongo } = open();
  await userEvent.type(field, "x");
  const options = await screen.findAllByRole("option");
  expect(field).toHaveAttribute("aria-activedescendant", options[0]?.id);
  await userEvent.keyboard("{ArrowDown}");
  expect(options[1]).toHaveAttribute("aria-selected", "true");
  expect(field).toHaveAttribute("aria-activedescendant", options[1]?.id);
  await userEvent.keyboard("{ArrowDown}{ArrowUp}{Enter}");
  expect(ongo).toHaveBeenCalledWith({ dossier: "ring-magnets", screen: "parties", target: "buyer" });
});

it("opens what is clicked", async () => {
  const { field, ongo } = open();
  await userEvent.type(field, "x");
  await userEvent.click((await screen.findAllByRole("option"))[0] as HTMLElement);
  expect(ongo).toHaveBeenCalledWith({ dossier: "ring-magnets", screen: "exhibits", target: "hall" });
});

it("says when nothing is found, and why a search failed", async () => {
  let answer = (): FoundDto[] => [];
  const { field } = open(vi.fn(() => answer()));
  await userEvent.type(field, "x");
  await vi.waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("Nothing found"));
  answer = () => {
    throw refusal("database-damaged", { message: "" });
  };
  await userEvent.type(field, "y");
  expect(await screen.findByText(/database-damaged/)).toBeVisible();
});

it("knows the screen of every kind of thing", () => {
  expect(placeOf(hit("answer", "own-law", "")).target).toBe("own-law");
  expect(placeOf(hit("item", "ring", ""))).toMatchObject({ screen: "statements", target: null });
  expect(placeOf(hit("protected-terms", "", ""))).toMatchObject({ screen: "parties", target: null });
});

it("begins by Control and K or F alone", () => {
  const press = (init: KeyboardEventInit) => beginsSearch(new KeyboardEvent("keydown", init));
  expect(press({ key: "k", ctrlKey: true })).toBe(true);
  expect(press({ key: "F", metaKey: true })).toBe(true);
  expect(press({ key: "k" })).toBe(false);
  expect(press({ key: "k", ctrlKey: true, shiftKey: true })).toBe(false);
});
