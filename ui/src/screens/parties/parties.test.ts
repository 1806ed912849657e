import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import type { PartyDto } from "../../ipc/generated/PartyDto";
import { type Answers, fakeIpc, refusal } from "../../testing/fakeIpc";
import { dossier } from "../../testing/sample/dossier";
import PartiesScreen from "./PartiesScreen.svelte";
import { profileKeys } from "./profile";

function show(target: string | null = null, changed: Partial<Answers> = {}) {
  const fake = fakeIpc(changed);
  const onchanged = vi.fn();
  render(PartiesScreen, { props: { dossier, target, onchanged, ongo: vi.fn() } });
  return { fake, onchanged };
}

describe("the parties", () => {
  it("are listed with what they do; a customer's name is marked as protected", () => {
    show();
    const customer = screen.getByRole("button", { name: /Nordklang Example AB/ });
    expect(customer).toHaveTextContent("Protected");
    expect(customer).toHaveTextContent("Mentioned as “Customer A”");
  });

  it("are added one by one; the others are sent along unchanged", async () => {
    const { fake, onchanged } = show();
    await userEvent.click(screen.getByRole("button", { name: "Add" }));
    const dialog = within(screen.getByRole("dialog", { name: "Add a party" }));
    expect(dialog.getByRole("button", { name: "Save" })).toBeDisabled();
    await userEvent.type(dialog.getByRole("textbox", { name: "Registered name" }), "Example Trading Ltd");
    expect(dialog.getByRole("button", { name: "Save" })).toBeDisabled();
    await userEvent.click(dialog.getByRole("checkbox", { name: "Trader" }));
    await userEvent.click(dialog.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(onchanged).toHaveBeenCalled());
    const sent = fake.given("set_parties")[0]?.parties ?? [];
    expect(sent.map(({ id }) => id)).toEqual(["end-user", "supplier", "downstream-customer", ""]);
    expect(sent.at(-1)).toMatchObject({ name: "Example Trading Ltd", roles: ["trader"] });
  });

  it("take the Chinese and the local name of a customer, so that each is searched for", async () => {
    const { fake } = show("downstream-customer");
    await userEvent.click(screen.getByRole("button", { name: "Name and roles …" }));
    const dialog = within(screen.getByRole("dialog"));
    await userEvent.type(dialog.getByRole("textbox", { name: /Chinese name/ }), "北声示例");
    await userEvent.type(dialog.getByRole("textbox", { name: /Name in its own script/ }), "Нордкланг");
    await userEvent.click(dialog.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(fake.given("set_parties")[0]?.parties.at(-1)).toMatchObject({ nameZh: "北声示例", nameLocal: "Нордкланг" }));
  });

  it("are compared with the official lists, and no match is called a clearance", async () => {
    show("supplier");
    expect(await screen.findByText(/91 % alike/)).toBeInTheDocument();
    expect(screen.getByText("No match is not clearance.")).toBeInTheDocument();
    expect(screen.getByText(/own 50 % or more/)).toBeInTheDocument();
  });

  it("are asked for an alias only when their name is protected", async () => {
    show();
    await userEvent.click(screen.getByRole("button", { name: "Add" }));
    const dialog = within(screen.getByRole("dialog"));
    expect(dialog.queryByRole("group", { name: "Alias" })).not.toBeInTheDocument();
    await userEvent.click(dialog.getByRole("checkbox", { name: "Downstream customer" }));
    expect(dialog.getByRole("group", { name: "Alias" })).toBeInTheDocument();
  });

  it("are removed, and a failure says why", async () => {
    const { fake } = show("supplier");
    await userEvent.click(screen.getByRole("button", { name: "Remove" }));
    await waitFor(() => expect(fake.given("set_parties")[0]?.parties.map(({ id }) => id)).toEqual(["end-user", "downstream-customer"]));
  });

  it("that cannot be saved keep their dialog", async () => {
    show("supplier", {
      set_parties: () => {
        throw refusal("empty");
      },
    });
    await userEvent.click(screen.getByRole("button", { name: "Name and roles …" }));
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await within(screen.getByRole("dialog")).findByRole("alert")).toHaveTextContent("Something must be written");
  });

  it("have a profile that saves itself", async () => {
    const { fake } = show("end-user");
    await userEvent.type(await screen.findByRole("textbox", { name: "Site of use" }), "Plant 2");
    await userEvent.tab();
    await waitFor(() => expect(fake.given("save_fields")[0]?.entries[0]).toMatchObject({ key: "end-user.use-site", en: "Plant 2" }));
  });
});

describe("the keys of a profile", () => {
  const party = (id: string, roles: string[]): PartyDto => ({
    id,
    name: id,
    nameLocal: "",
    nameZh: "",
    roles,
    roleLabels: roles,
    alias: { en: "", zh: "" },
  });

  it("are those of a role that reaches this party and no other", () => {
    const first = party("a", ["importer"]);
    const second = party("b", ["importer", "trader"]);
    const all = [first, second, party("c", ["importer"]), party("d", ["downstream-customer"])];
    expect(profileKeys(first, all)[0]).toBe("importer.name-local");
    expect(profileKeys(second, all)[0]).toBe("trader.name-local");
    expect(profileKeys(party("c", ["importer"]), all)).toEqual([]);
    expect(profileKeys(party("d", ["downstream-customer"]), all)).toEqual([]);
  });
});

describe("protected terms", () => {
  it("are added and removed, the whole list at a time", async () => {
    const { fake } = show();
    await userEvent.click(screen.getByRole("button", { name: /Protected terms/ }));
    await userEvent.type(screen.getByRole("textbox", { name: "Must not leave" }), " NK-77 {Enter}");
    await waitFor(() => expect(fake.given("set_protected_terms")[0]?.terms.map(({ term }) => term)).toEqual(["Nordklang", "HX-9 adhesive", "NK-77"]));
    await userEvent.click(screen.getByRole("button", { name: "Remove “Nordklang”" }));
    await waitFor(() => expect(fake.given("set_protected_terms")[1]?.terms.map(({ term }) => term)).toEqual(["HX-9 adhesive", "NK-77"]));
  });
});
