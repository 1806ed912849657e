import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { type Answers, fakeIpc, refusal } from "../../testing/fakeIpc";
import { dossier } from "../../testing/sample/dossier";
import { faulty, seen } from "../../testing/sample/questionnaire";
import ChecklistScreen from "../checklist/ChecklistScreen.svelte";

async function open(changed: Partial<Answers> = {}) {
  const fake = fakeIpc(changed);
  const given = { dossier, target: null, onchanged: vi.fn(), ongo: vi.fn() };
  render(ChecklistScreen, { props: given });
  await userEvent.click(await screen.findByRole("button", { name: "Add what the supplier asks …" }));
  return { fake, ...given };
}

async function paste(text = "Head count of the factory") {
  await userEvent.type(screen.getByRole("textbox", { name: "What the supplier asks, one point a line" }), text);
  await userEvent.click(screen.getByRole("button", { name: "Look at it" }));
}

describe("a supplier's list", () => {
  it("is looked at first, each line beside the nearest point and how sure that is", async () => {
    const { fake } = await open();
    await paste();
    const lines = within(await screen.findByRole("list", { name: "What is asked" }));
    expect(lines.getAllByRole("listitem")).toHaveLength(3);
    expect(lines.getByRole("combobox", { name: "Point of the rules for line 1" })).toHaveValue("workforce-summary");
    expect(lines.getByText("Clear")).toBeInTheDocument();
    expect(lines.getByRole("combobox", { name: "Point of the rules for line 3" })).toHaveValue("");
    expect(screen.getByRole("textbox", { name: "Who asks" })).toHaveValue("Example Magnetics Co.");
    expect(fake.given("take_questionnaire")).toHaveLength(0);
  });

  it("is taken as the user settled it, and its first point is opened with who asked", async () => {
    const { fake, onchanged } = await open();
    await paste();
    await userEvent.selectOptions(
      await screen.findByRole("combobox", { name: "Point of the rules for line 3" }),
      "quality-certificates",
    );
    await userEvent.click(screen.getByRole("checkbox", { name: "生产现场照片" }));
    await userEvent.click(screen.getByRole("button", { name: "Add 2 points" }));
    expect(await screen.findByText("Asked by Example Magnetics Co. on 2026-11-25.")).toBeInTheDocument();
    const lines = [
      { text: "Head count of the factory", like: "workforce-summary" },
      { text: "Menu of the canteen", like: "quality-certificates" },
    ];
    expect(fake.given("take_questionnaire")).toEqual([
      { dossier: dossier.id, by: "Example Magnetics Co.", askedOn: "2026-11-25", lines },
    ]);
    expect(onchanged).toHaveBeenCalled();
    expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
    expect(screen.queryByRole("region", { name: "Written request of the supplier" })).not.toBeInTheDocument();
  });

  it("with a line that is wrong is not taken, and each such line is named", async () => {
    await open({ look_at_questionnaire: () => faulty });
    await userEvent.click(screen.getByRole("button", { name: "Choose a file …" }));
    expect(await screen.findByText(/Row 3, column B: nothing is asked/)).toBeInTheDocument();
    expect(screen.getByText(/Row 7, column B: a formula/)).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: /^Add \d|^Add one/ })).not.toBeInTheDocument();
  });

  it("with wrong letters is read again in another encoding", async () => {
    const { fake } = await open({ look_at_questionnaire: ({ encoding }) => ({ ...seen, encoding: encoding ?? "gbk" }) });
    await userEvent.click(screen.getByRole("button", { name: "Choose a file …" }));
    await userEvent.selectOptions(await screen.findByRole("combobox", { name: "Written in" }), "windows-1252");
    expect(fake.given("look_at_questionnaire").at(-1)?.encoding).toBe("windows-1252");
  });

  it("can be dropped, and says which sheets were not read", async () => {
    const { fake } = await open();
    await fake.tell("files-dropped", ["/tmp/list.xlsx"]);
    expect(await screen.findByText("Not read: Notes.")).toBeInTheDocument();
    expect(screen.getByText("From list.xlsx")).toBeInTheDocument();
  });

  it("is not taken without a day, nor when nothing is chosen", async () => {
    await open();
    await paste();
    const day = await screen.findByRole("textbox", { name: "Day on which it was asked" });
    await userEvent.clear(day);
    await userEvent.type(day, "18.11.2026");
    expect(screen.getByRole("button", { name: "Add 3 points" })).toBeDisabled();
    await userEvent.clear(day);
    await userEvent.type(day, "2026-11-18");
    for (const box of screen.getAllByRole("checkbox", { checked: true })) await userEvent.click(box);
    expect(screen.getByText("Choose at least one line.")).toBeInTheDocument();
  });

  it("that is refused stays open with the reason", async () => {
    await open({
      look_at_questionnaire: () => {
        throw refusal("no-list", { message: "" });
      },
    });
    await paste();
    expect(await screen.findByRole("alert")).toHaveTextContent("holds no list");
  });
});

describe("an asked point", () => {
  it("is linked to another point, or taken out again", async () => {
    const { fake } = await open();
    await paste();
    await userEvent.click(await screen.findByRole("button", { name: "Add 3 points" }));
    const link = await screen.findByRole("combobox", { name: "Nearest point of the rules" });
    await userEvent.selectOptions(link, "none of the rules");
    expect(fake.given("link_asked")).toEqual([{ dossier: dossier.id, asked: "asked-1", like: null }]);
    expect(await screen.findByText(/No point of the rules asks for it/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Take this line out" }));
    expect(fake.given("drop_asked")).toEqual([{ dossier: dossier.id, asked: "asked-1" }]);
    expect(screen.queryByRole("button", { name: /Head count of the factory/ })).not.toBeInTheDocument();
  });
});
