import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";

import { forgetDrafts } from "../../nouns/form.svelte";
import { fakeIpc } from "../../testing/fakeIpc";
import { dossier } from "../../testing/sample/dossier";
import StatementsScreen from "./StatementsScreen.svelte";

async function show(target: string | null) {
  const fake = fakeIpc();
  const onchanged = vi.fn();
  const { unmount } = render(StatementsScreen, { props: { dossier, target, onchanged, ongo: vi.fn() } });
  await screen.findByRole("navigation", { name: "Statements" });
  return { fake, onchanged, unmount };
}

const sheet = () => within(screen.getByRole("region", { name: "As it would be printed today" }));

afterEach(forgetDrafts);

describe("a statement", () => {
  it("is printed as its answers stand, and again after each save", async () => {
    const { onchanged } = await show("end-use");
    expect(sheet().queryByText("Voice-coil drive")).not.toBeInTheDocument();
    const field = within(await screen.findByRole("group", { name: "Function of the item" }));
    await userEvent.type(field.getByRole("textbox", { name: "English" }), "Voice-coil drive");
    await userEvent.tab();
    expect(await sheet().findByText("Voice-coil drive")).toBeInTheDocument();
    expect(sheet().getByText("Chinese is missing")).toBeInTheDocument();
    expect(onchanged).toHaveBeenCalled();
    expect(field.getByRole("textbox", { name: "English" })).toHaveValue("Voice-coil drive");
  });

  it("is not lost when the screen is left at once", async () => {
    const { fake, unmount } = await show("end-use");
    const field = within(await screen.findByRole("group", { name: "End product" }));
    await userEvent.type(field.getByRole("textbox", { name: "Chinese" }), "扬声器");
    unmount();
    await waitFor(() => expect(fake.given("save_fields")[0]?.entries).toEqual([{ key: "end-use.product", en: "", zh: "扬声器" }]));
  });

  it("shows lines to be signed by hand, tables, and both languages", async () => {
    await show("end-user-introduction");
    expect(sheet().getByText("Signature")).toBeInTheDocument();
    expect(sheet().getAllByText("to be filled in by hand")).toHaveLength(5);
    expect(sheet().getByText("扬声器的设计与制造")).toHaveAttribute("lang", "zh");
    await userEvent.click(screen.getByRole("button", { name: /Cover letter/ }));
    expect(sheet().getByRole("columnheader", { name: /Pages/ })).toBeInTheDocument();
  });

  it("that does not apply stands last and says so", async () => {
    await show("importer-introduction");
    const nav = within(screen.getByRole("navigation", { name: "Statements" }));
    expect(nav.getAllByRole("button").at(-1)).toHaveTextContent("Does not apply");
    expect(screen.getByText(/so it is not printed/)).toBeInTheDocument();
    expect(sheet().getByText(/nothing would be printed/)).toBeInTheDocument();
  });
});
