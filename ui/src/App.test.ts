import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";

import App from "./App.svelte";
import { type Answers, fakeIpc, refusal } from "./testing/fakeIpc";
import { start } from "./testing/sample/dossier";
import { care } from "./testing/sample/vault";

const open = { ...start, open: { name: "Evidence", folder: "/v/Evidence.lanthan" } };

async function atHome(changed: Partial<Answers> = {}) {
  const fake = fakeIpc({ start: () => open, ...changed });
  render(App);
  await screen.findByRole("heading", { name: "Dossiers" });
  return fake;
}

describe("the window", () => {
  it("begins before the vault, and at its dossiers when it is open already", async () => {
    fakeIpc();
    const { unmount } = render(App);
    expect(await screen.findByRole("heading", { name: "Open a vault" })).toBeInTheDocument();
    unmount();
    await atHome();
  });

  it("that cannot begin says why, and begins again", async () => {
    let broken = true;
    fakeIpc({
      start: () => {
        if (broken) throw refusal("no-pack");
        return start;
      },
    });
    render(App);
    expect(await screen.findByRole("alert")).toHaveTextContent("carries no rule pack");
    broken = false;
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { name: "Open a vault" })).toBeInTheDocument();
  });

  it("locks on Ctrl+L and shows nothing of the vault any more", async () => {
    let locked = false;
    const fake = await atHome({
      start: () => (locked ? start : open),
      lock_vault: () => {
        locked = true;
        return null;
      },
    });
    await userEvent.keyboard("{Control>}l{/Control}");
    expect(await screen.findByRole("heading", { name: "Open a vault" })).toBeInTheDocument();
    expect(fake.given("lock_vault")).toHaveLength(1);
    expect(screen.queryByText("Ring magnets, PO 4711")).not.toBeInTheDocument();
  });

  it("goes back before the vault when a command finds it locked", async () => {
    let locked = false;
    await atHome({
      start: () => (locked ? start : open),
      dossier: () => {
        locked = true;
        throw refusal("vault-locked");
      },
    });
    await userEvent.click(await screen.findByRole("button", { name: "Ring magnets, PO 4711" }));
    expect(await screen.findByRole("heading", { name: "Open a vault" })).toBeInTheDocument();
  });

  it("says why when the vault was locked by itself", async () => {
    let locked = false;
    const fake = await atHome({ start: () => (locked ? start : open) });
    locked = true;
    await fake.tell("locking", null);
    expect(await screen.findByText(/locks in a few seconds/)).toBeInTheDocument();
    await fake.tell("locked", "idle");
    expect(await screen.findByRole("heading", { name: "Open a vault" })).toBeInTheDocument();
    expect(screen.queryByText(/locks in a few seconds/)).not.toBeInTheDocument();
    expect(screen.getByText(/nobody used the program for a while/)).toBeInTheDocument();
    expect(screen.queryByText("Ring magnets, PO 4711")).not.toBeInTheDocument();
    await userEvent.type(screen.getByLabelText("Passphrase"), "nine words that only I would write{Enter}");
    expect(await screen.findByRole("heading", { name: "Dossiers" })).toBeInTheDocument();
    await userEvent.keyboard("{Control>}l{/Control}");
    expect(await screen.findByRole("heading", { name: "Open a vault" })).toBeInTheDocument();
    expect(screen.queryByText(/nobody used the program/)).not.toBeInTheDocument();
  });

  it("saves what is typed, and says so, before the vault is locked by itself", async () => {
    const fake = await atHome();
    await userEvent.click(await screen.findByRole("button", { name: "Ring magnets, PO 4711" }));
    await userEvent.click(await screen.findByRole("button", { name: /Contract or purchase order/ }));
    const day = await screen.findByRole("textbox", { name: "Day of signing" });
    await userEvent.clear(day);
    await userEvent.type(day, "2026-11-20");
    await fake.tell("locking", null);
    expect(await screen.findByText(/locks in a few seconds/)).toBeInTheDocument();
    await waitFor(() => expect(fake.given("save_fields").flatMap(({ entries }) => entries)).not.toEqual([]));
  });

  it("says above every screen that a vault is open for reading only", async () => {
    await atHome({ vault_care: () => ({ ...care, readOnly: true }) });
    expect(await screen.findByText("Open for reading only.")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Care of the vault" }));
    expect(await screen.findByRole("heading", { name: "Care of the vault" })).toBeInTheDocument();
    expect(screen.getByText("Open for reading only.")).toBeInTheDocument();
    await waitFor(() => expect(screen.getByRole("button", { name: "New recovery key …" })).toBeDisabled());
    await userEvent.click(screen.getByRole("button", { name: "Dossiers" }));
    expect(await screen.findByRole("heading", { name: "Dossiers" })).toBeInTheDocument();
  });

  it("says who has the vault open and since when, or that somebody may", async () => {
    const holder = { host: "LAPTOP-2", program: "Lanthan 0.1.0", since: new Date(2026, 10, 25, 14, 2).toISOString() };
    await atHome({ vault_care: () => ({ ...care, readOnly: true, elsewhere: { held: true, holder } }) });
    const said = await screen.findByText(/It is open on LAPTOP-2 in Lanthan 0\.1\.0 since/);
    expect(said).toHaveTextContent(/25 Nov 2026.*14:02/);
  });

  it("says that a vault may be open on another computer", async () => {
    const holder = { host: "", program: "Lanthan 0.1.0", since: "2026-11-25T13:02:00Z" };
    await atHome({ vault_care: () => ({ ...care, elsewhere: { held: false, holder } }) });
    expect(await screen.findByText(/opened on another computer/)).toHaveTextContent("not closed there");
  });

  it("says that a vault on a network share is for looking only", async () => {
    await atHome({ vault_care: () => ({ ...care, readOnly: true, share: "nfs4" }) });
    expect(await screen.findByText(/network share \(nfs4\)/)).toBeInTheDocument();
  });

  it("asks before it locks over an entry that was not taken", async () => {
    const fake = await atHome();
    await userEvent.click(await screen.findByRole("button", { name: "Ring magnets, PO 4711" }));
    await userEvent.click(await screen.findByRole("button", { name: /Contract or purchase order/ }));
    const day = await screen.findByRole("textbox", { name: "Day of signing" });
    await userEvent.clear(day);
    await userEvent.type(day, "soon");
    await userEvent.keyboard("{Control>}l{/Control}");
    expect(await screen.findByRole("dialog", { name: "Something is not saved" })).toBeInTheDocument();
    expect(fake.given("lock_vault")).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Go on and lose it" }));
    await waitFor(() => expect(fake.given("lock_vault")).toHaveLength(1));
  });

  it("follows the choice of light and dark", async () => {
    await atHome();
    const theme = () => screen.getByRole("button", { name: /^Appearance/ });
    await userEvent.click(theme());
    expect(document.documentElement.dataset["theme"]).toBe("light");
    await userEvent.click(theme());
    expect(document.documentElement.dataset["theme"]).toBe("dark");
    await userEvent.click(theme());
    expect(document.documentElement.dataset["theme"]).toBeUndefined();
  });
});
