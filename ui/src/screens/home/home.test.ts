import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { type Answers, fakeIpc, refusal } from "../../testing/fakeIpc";
import HomeScreen from "./HomeScreen.svelte";

function show(changed: Partial<Answers> = {}) {
  const fake = fakeIpc(changed);
  const vault = { name: "Evidence", folder: "/v/Evidence.lanthan" };
  const given = { vault, onopen: vi.fn(), onsearch: vi.fn(), onbeside: vi.fn(), onlock: vi.fn() };
  render(HomeScreen, given);
  return { fake, ...given };
}

describe("the list of dossiers", () => {
  it("shows how far each is, and opens one by its title", async () => {
    const { onopen } = show();
    const row = (await screen.findByText("4 of 12 ready")).closest("li");
    expect(row).toHaveTextContent("7 open");
    await userEvent.click(screen.getByRole("button", { name: "Ring magnets, PO 4711" }));
    expect(onopen).toHaveBeenCalledWith("ring-magnets");
  });

  it("can be walked and used with the keyboard alone", async () => {
    const { onopen } = show();
    const open = await screen.findByRole("button", { name: "Gap magnets for the 2027 woofer" });
    open.focus();
    await userEvent.keyboard("{Enter}");
    expect(onopen).toHaveBeenCalledWith("gap-magnets");
    await userEvent.tab();
    expect(screen.getByRole("button", { name: "Rename “Gap magnets for the 2027 woofer”" })).toHaveFocus();
  });

  it("that is empty explains itself and offers the sample", async () => {
    const { onopen } = show({ list_dossiers: () => [] });
    expect(await screen.findByRole("heading", { name: "No dossier yet" })).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Load the sample" }));
    await waitFor(() => expect(onopen).toHaveBeenCalledWith("ring-magnets"));
  });

  it("that cannot be read says so, and is read again", async () => {
    let broken = true;
    show({
      list_dossiers: () => {
        if (broken) throw refusal("database-damaged");
        return [];
      },
    });
    expect(await screen.findByRole("alert")).toHaveTextContent("database is damaged");
    expect(screen.queryByText("No dossier yet")).not.toBeInTheDocument();
    broken = false;
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("No dossier yet")).toBeInTheDocument();
  });
});

describe("an export", () => {
  const exportIt = async () => {
    await userEvent.click(await screen.findByRole("button", { name: "Export “Ring magnets, PO 4711”" }));
    expect(screen.getByText(/not encrypted: whoever gets the folder reads all of it/)).toBeInTheDocument();
    await userEvent.type(screen.getByLabelText("Passphrase"), "my passphrase");
    await userEvent.click(screen.getByRole("button", { name: "Export to a folder …" }));
  };

  it("asks for the passphrase again, says that nothing is encrypted, and says where it lies", async () => {
    const { fake } = show({ pick_folder: () => "/media/usb" });
    await exportIt();
    expect(await screen.findByText(/was written to \/media\/usb\/ring-magnets. It is not encrypted/)).toBeInTheDocument();
    expect(fake.given("export_dossier")[0]).toMatchObject({ dossier: "ring-magnets", passphrase: "my passphrase" });
  });

  it("with a wrong passphrase writes nothing and says so", async () => {
    show({
      pick_folder: () => "/media/usb",
      export_dossier: () => {
        throw refusal("wrong-passphrase");
      },
    });
    await exportIt();
    expect(await screen.findByRole("alert")).toHaveTextContent("The passphrase is wrong.");
  });
});

describe("a dossier", () => {
  it("is begun with a title, by Enter, and opened", async () => {
    const { fake, onopen } = show();
    await userEvent.click(await screen.findByRole("button", { name: "New dossier" }));
    const dialog = screen.getByRole("dialog", { name: "New dossier" });
    expect(within(dialog).getByRole("button", { name: "Begin" })).toBeDisabled();
    await userEvent.type(within(dialog).getByRole("textbox", { name: "Title" }), "PO 4902{Enter}");
    await waitFor(() => expect(onopen).toHaveBeenCalledWith("new"));
    expect(fake.given("create_dossier")).toEqual([{ title: "PO 4902" }]);
  });

  it("is renamed from its old title", async () => {
    show();
    await userEvent.click(await screen.findByRole("button", { name: "Rename “Ring magnets, PO 4711”" }));
    const title = screen.getByRole("textbox", { name: "Title" });
    expect(title).toHaveValue("Ring magnets, PO 4711");
    await userEvent.clear(title);
    await userEvent.type(title, "Ring magnets, changed{Enter}");
    expect(await screen.findByRole("button", { name: "Ring magnets, changed" })).toBeInTheDocument();
    expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
  });

  it("is deleted only after a second word, which says what goes", async () => {
    const { fake } = show();
    await userEvent.click(await screen.findByRole("button", { name: "Delete “Ring magnets, PO 4711”" }));
    expect(screen.getByRole("dialog")).toHaveTextContent("This cannot be undone.");
    await userEvent.click(screen.getByRole("button", { name: "Keep it" }));
    expect(fake.given("delete_dossier")).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Delete “Ring magnets, PO 4711”" }));
    await userEvent.click(screen.getByRole("button", { name: "Delete for good" }));
    await waitFor(() => expect(fake.given("delete_dossier")).toEqual([{ dossier: "ring-magnets" }]));
    await waitFor(() => expect(screen.queryByText("Ring magnets, PO 4711")).not.toBeInTheDocument());
  });

  it("that cannot be changed keeps its dialog and says why", async () => {
    show({
      rename_dossier: () => {
        throw refusal("revision-moved");
      },
    });
    await userEvent.click(await screen.findByRole("button", { name: "Rename “Ring magnets, PO 4711”" }));
    await userEvent.click(screen.getByRole("button", { name: "Rename" }));
    expect(await within(screen.getByRole("dialog")).findByRole("alert")).toHaveTextContent("changed in the meantime");
  });
});
