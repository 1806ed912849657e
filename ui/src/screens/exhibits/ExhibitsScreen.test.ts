import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import { fakeIpc } from "../../testing/fakeIpc";
import { dossier } from "../../testing/sample/dossier";
import { exhibits } from "../../testing/sample/exhibits";
import ExhibitsScreen from "./ExhibitsScreen.svelte";

function open(target: string | null = null) {
  const told = { onchanged: vi.fn(), ongo: vi.fn(), onopened: vi.fn() };
  render(ExhibitsScreen, { props: { dossier, target, ...told } });
  return told;
}

it("says of each exhibit whether it stays here or for whom it is cleared", async () => {
  fakeIpc();
  open();
  const cards = await screen.findAllByRole("listitem");
  expect(within(cards[0] as HTMLElement).getByText(/^Cleared for Ningbo/)).toBeVisible();
  expect(within(cards[1] as HTMLElement).getByText("Stays here")).toBeVisible();
  expect(within(cards[1] as HTMLElement).getByText("2 masks")).toBeVisible();
});

it("says while it is empty that adding discloses nothing", async () => {
  fakeIpc({ exhibits: () => [] });
  open();
  expect(await screen.findByRole("heading", { name: "No exhibits yet" })).toBeVisible();
  expect(screen.getByText(/stays here until you clear it/)).toBeVisible();
});

it("shows the files that were not taken, why, what to do, and a code", async () => {
  const fake = fakeIpc({
    pick_files: () => ["/a/plan.dwg", "/a/hall.jpg"],
    import_exhibits: () => ({
      added: ["exhibit-9"],
      refused: [{ name: "plan.dwg", code: "unsupported", args: { what: "a drawing" } }],
      cancelled: false,
      revision: 8,
    }),
  });
  const told = open();
  await userEvent.click(await screen.findByRole("button", { name: "Add files …" }));
  const refused = await screen.findByRole("list", { name: "Files that were not taken" });
  for (const words of [/^plan.dwg$/, /This is a drawing/, /Save it as JPEG, PNG or PDF/, /Code: unsupported/]) {
    expect(within(refused).getByText(words)).toBeVisible();
  }
  expect(within(refused).getByRole("button", { name: "Copy the code" })).toBeVisible();
  expect(screen.getByText("1 file was added.")).toBeVisible();
  expect(fake.given("import_exhibits")[0]).toMatchObject({ paths: ["/a/plan.dwg", "/a/hall.jpg"] });
  expect(told.onchanged).toHaveBeenCalled();
});

it("takes dropped files in, and shows where they may be dropped while they hang over the window", async () => {
  const fake = fakeIpc();
  open();
  await screen.findAllByRole("listitem");
  await fake.tell("drag-over", true);
  expect(await screen.findByText("Let go to add these files")).toBeVisible();
  await fake.tell("drag-over", false);
  await fake.tell("files-dropped", ["/a/b.jpg"]);
  await vi.waitFor(() => expect(fake.given("import_exhibits")[0]).toMatchObject({ paths: ["/a/b.jpg"] }));
  expect(screen.queryByText("Let go to add these files")).toBeNull();
});

it("shows how far an import is and stops it", async () => {
  let finish: () => void = () => undefined;
  const fake = fakeIpc({
    import_exhibits: () =>
      new Promise((done) => (finish = () => done({ added: [], refused: [], cancelled: true, revision: 7 }))),
  });
  open();
  await userEvent.click(await screen.findByRole("button", { name: "Add files …" }));
  await userEvent.click(await screen.findByRole("button", { name: "Stop" }));
  const { job } = fake.given("import_exhibits")[0] ?? { job: "" };
  expect(fake.given("cancel")).toEqual([{ job }]);
  finish();
  expect(await screen.findByText(/^Stopped/)).toBeVisible();
});

it("says how many bytes of how many are in, and which file is under way", async () => {
  const fake = fakeIpc({ pick_files: () => ["/a/hall.jpg", "C:\\b\\line 3.mp4"], import_exhibits: () => new Promise(() => {}) });
  open();
  await userEvent.click(await screen.findByRole("button", { name: "Add files …" }));
  const { job } = fake.given("import_exhibits")[0] ?? { job: "" };
  await fake.tell("progress", { job, stage: "file", done: 2, total: 2 });
  await fake.tell("progress", { job, stage: "import", done: 52_428_800, total: 314_572_800 });
  expect(await screen.findByText(/^Taking in “line 3.mp4”, file 2 of 2/)).toBeVisible();
  expect(screen.getByRole("progressbar")).toHaveAttribute("value", "52428800");
  expect(screen.getByText(/MB/, { selector: ".count" })).toBeVisible();
});

it("decodes new pictures after the import, and names those that were taken out again", async () => {
  const order: string[] = [];
  let finish: () => void = () => undefined;
  const fake = fakeIpc({
    pick_files: () => ["/a/hall.jpg", "/a/line.jpg"],
    import_exhibits: () => {
      order.push("import");
      return { added: ["hall", "line"], refused: [], cancelled: false, revision: 8 };
    },
    prove_exhibits: () => {
      order.push("prove");
      if (order.length === 1) return { decoded: 0, refused: [] };
      const refused = [{ name: "line.jpg", code: "damaged", args: { message: "", what: "the picture's data is broken" } }];
      return new Promise((done) => (finish = () => done({ decoded: 2, refused })));
    },
  });
  open();
  await userEvent.click(await screen.findByRole("button", { name: "Add files …" }));
  expect(await screen.findByText("2 files were added.")).toBeVisible();
  expect(order).toEqual(["prove", "import", "prove"]);
  const { job } = fake.given("prove_exhibits")[1] ?? { job: "" };
  await fake.tell("progress", { job, stage: "prove", done: 1, total: 2 });
  expect(await screen.findByText(/^Looking at new pictures/)).toBeVisible();
  finish();
  expect(await screen.findByText(/^1 picture turned out to be damaged/)).toBeVisible();
  expect(screen.getByText("line.jpg", { selector: "strong" })).toBeVisible();
  expect(screen.queryByText(/^Looking at new pictures/)).toBeNull();
});

it("shows a video as kept inside: what it would give away, the way out, and nothing to clear", async () => {
  fakeIpc();
  open();
  const cards = await screen.findAllByRole("listitem");
  const card = within(cards.at(-1) as HTMLElement);
  expect(card.getByText("Kept inside")).toBeVisible();
  expect(card.queryByText(/mask|page/)).toBeNull();
  await userEvent.click(card.getByRole("button", { name: /^MP4/ }));
  expect(await screen.findByRole("region", { name: "Kept inside" })).toBeVisible();
  expect(screen.getAllByText(/What leaves are stills/)[0]).toBeVisible();
  expect(screen.getByText(/43.74000, 11.35000/)).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Clear/ })).toBeNull();
  expect(screen.queryByRole("radio", { name: "Photo" })).toBeNull();
});

it("removes an exhibit and brings it back", async () => {
  let all = exhibits;
  const fake = fakeIpc({
    exhibits: () => all,
    remove_exhibit: ({ exhibit }) => {
      all = all.filter(({ id }) => id !== exhibit);
      return 9;
    },
    undo: () => {
      all = exhibits;
      return true;
    },
  });
  open();
  await userEvent.click(await screen.findByRole("button", { name: "Remove “Assembly line”" }));
  expect(await screen.findByText("“Assembly line” was removed.")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Assembly line" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Bring it back" }));
  expect(await screen.findByRole("button", { name: "Assembly line" })).toBeVisible();
  expect(fake.given("undo")).toMatchObject([{ seen: 9 }]);
  expect(screen.queryByText("“Assembly line” was removed.")).toBeNull();
});

it("opens what a finding points at and goes on by keyboard", async () => {
  fakeIpc();
  const told = open("production-scene");
  expect(await screen.findByRole("heading", { level: 1, name: "Assembly line" })).toBeVisible();
  expect(screen.getByText(/Date and time: 2026-11-02/)).toBeVisible();
  await userEvent.keyboard("{Control>}{PageDown}{/Control}");
  expect(await screen.findByRole("heading", { level: 1, name: "Plant, street side" })).toBeVisible();
  await vi.waitFor(() => expect(told.onopened).toHaveBeenLastCalledWith("facility-exterior"));
  await userEvent.keyboard("{Control>}{PageUp}{/Control}");
  expect(await screen.findByRole("heading", { level: 1, name: "Assembly line" })).toBeVisible();
});

it("saves what was changed before it goes to another exhibit", async () => {
  const fake = fakeIpc();
  open("production-scene");
  await userEvent.click(await screen.findByRole("radio", { name: "Generic" }));
  await userEvent.click(screen.getByRole("button", { name: "Next exhibit" }));
  await screen.findByRole("heading", { level: 1, name: "Plant, street side" });
  expect(fake.given("save_exhibit")).toHaveLength(1);
  expect(fake.given("save_exhibit")[0]).toMatchObject({
    exhibit: "production-scene",
    change: { level: "generic", clearedFor: [] },
  });
});

it("stays with an exhibit that could not be saved and says why", async () => {
  fakeIpc({
    save_exhibit: () => {
      throw { code: "disk-full", args: { message: "" } };
    },
  });
  open("production-scene");
  await userEvent.click(await screen.findByRole("radio", { name: "Public" }));
  await userEvent.click(screen.getByRole("button", { name: "Next exhibit" }));
  expect(await screen.findByText(/The disk is full/)).toBeVisible();
  expect(screen.getByRole("heading", { level: 1, name: "Assembly line" })).toBeVisible();
});
