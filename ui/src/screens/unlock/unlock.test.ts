import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { fakeIpc, refusal } from "../../testing/fakeIpc";
import { recoveryKey, start } from "../../testing/sample/dossier";
import { isName, joinPlace, splitPlace, vaultName } from "./place";
import { NewPassphrase } from "./newPassphrase.svelte";
import { askedGroups, canBeGroup, dealt, groups, isGroup } from "./recovery";
import UnlockScreen from "./UnlockScreen.svelte";

const long = "nine words that only I would write";

function show(changed = {}) {
  const onopen = vi.fn();
  render(UnlockScreen, { start: { ...start, ...changed }, onopen });
  return onopen;
}

describe("opening a vault", () => {
  it("takes the latest vault and Enter, and the passphrase has the focus", async () => {
    const fake = fakeIpc();
    const onopen = show();
    expect(screen.getByLabelText("Passphrase")).toHaveFocus();
    await userEvent.keyboard(`${long}{Enter}`);
    await waitFor(() => expect(onopen).toHaveBeenCalledOnce());
    expect(fake.given("open_vault")).toEqual([{ folder: start.recent[0], passphrase: long }]);
  });

  it("takes another of the last vaults, or one that is looked for", async () => {
    const fake = fakeIpc({ pick_folder: () => "/media/usb/Old.lanthan" });
    show();
    await userEvent.click(screen.getByRole("radio", { name: /Archive 2025/ }));
    await userEvent.type(screen.getByLabelText("Passphrase"), `${long}{Enter}`);
    await waitFor(() => expect(fake.given("open_vault")[0]?.folder).toBe("/media/usb/Archive 2025.lanthan"));
    await userEvent.click(screen.getByRole("button", { name: "Another vault …" }));
    expect(await screen.findByRole("radio", { name: /Old/ })).toBeChecked();
  });

  it("says what is wrong, and offers the passphrase again to be typed over", async () => {
    fakeIpc();
    const onopen = show();
    await userEvent.keyboard("wrong{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("The passphrase is wrong.");
    expect(screen.getByRole("alert")).toHaveTextContent("wrong-passphrase");
    expect(screen.getByLabelText("Passphrase")).toHaveFocus();
    expect(onopen).not.toHaveBeenCalled();
  });

  it("is not begun twice while it is under way", async () => {
    const fake = fakeIpc({ open_vault: () => new Promise(() => {}) });
    show();
    await userEvent.keyboard(`${long}{Enter}{Enter}`);
    expect(fake.given("open_vault")).toHaveLength(1);
    expect(screen.getByRole("button", { name: "Opening …" })).toHaveAttribute("aria-busy", "true");
  });

  it("shows the passphrase only while its owner wants to see it", async () => {
    fakeIpc();
    show();
    expect(screen.getByLabelText("Passphrase")).toHaveAttribute("type", "password");
    await userEvent.click(screen.getByRole("button", { name: "Show the passphrase" }));
    expect(screen.getByLabelText("Passphrase")).toHaveAttribute("type", "text");
    await userEvent.click(screen.getByRole("button", { name: "Hide the passphrase" }));
    expect(screen.getByLabelText("Passphrase")).toHaveAttribute("type", "password");
  });
});

describe("creating a vault", () => {
  it("is what a first-time user sees, with a place proposed", () => {
    fakeIpc();
    show({ recent: [] });
    expect(screen.getByRole("heading", { name: "Create a vault" })).toBeInTheDocument();
    expect(screen.getByLabelText("Name")).toHaveValue("Evidence");
    expect(screen.getByText("/home/purchasing/Documents/Evidence.lanthan")).toBeInTheDocument();
  });

  it("refuses a short passphrase and two that differ, and names each at its field", async () => {
    const fake = fakeIpc();
    show({ recent: [] });
    await userEvent.type(screen.getByLabelText("Passphrase"), "eleven char");
    await userEvent.type(screen.getByLabelText("Passphrase again"), "other");
    await userEvent.click(screen.getByRole("button", { name: "Create the vault" }));
    expect(screen.getByLabelText("Passphrase")).toHaveAccessibleDescription(/At least 12 characters\.$/);
    expect(screen.getByLabelText("Passphrase again")).toHaveAccessibleDescription("The two are not the same.");
    expect(fake.given("create_vault")).toEqual([]);
  });

  it("counts as finished only when two groups of the recovery key were typed back", async () => {
    const fake = fakeIpc();
    const onopen = show({ recent: [] });
    await userEvent.clear(screen.getByLabelText("Name"));
    await userEvent.type(screen.getByLabelText("Name"), "Export 2026");
    await userEvent.type(screen.getByLabelText("Passphrase"), long);
    await userEvent.type(screen.getByLabelText("Passphrase again"), `${long}{Enter}`);
    expect(await screen.findByRole("heading", { name: "Your recovery key" })).toBeInTheDocument();
    expect(fake.given("create_vault")).toEqual([
      { folder: "/home/purchasing/Documents/Export 2026.lanthan", passphrase: long },
    ]);
    expect(screen.getAllByRole("listitem").map((item) => item.textContent).join(" ")).toContain("701239");
    await userEvent.click(screen.getByRole("button", { name: "It is on paper" }));
    expect(screen.queryByText("701239")).not.toBeInTheDocument();

    const fields = screen.getAllByRole("textbox");
    expect(fields).toHaveLength(2);
    await userEvent.keyboard("000000{Enter}");
    expect(screen.getAllByRole("alert")).toHaveLength(2);
    expect(onopen).not.toHaveBeenCalled();

    const all = groups(recoveryKey);
    for (const field of fields) {
      const place = Number(/\d+/.exec((field as HTMLInputElement).labels?.[0]?.textContent ?? "")?.[0]);
      await userEvent.clear(field);
      await userEvent.type(field, all[place - 1] ?? "");
    }
    await userEvent.keyboard("{Enter}");
    expect(onopen).toHaveBeenCalledWith({
      name: "Export 2026",
      folder: "/home/purchasing/Documents/Export 2026.lanthan",
    });
  });

  it("that fails keeps what was typed", async () => {
    fakeIpc({
      create_vault: () => {
        throw refusal("already-exists");
      },
    });
    show({ recent: [] });
    await userEvent.type(screen.getByLabelText("Passphrase"), long);
    await userEvent.type(screen.getByLabelText("Passphrase again"), `${long}{Enter}`);
    expect(await screen.findByRole("alert")).toHaveTextContent("There is already something in that place.");
    expect(screen.getByLabelText("Passphrase")).toHaveValue(long);
  });
});

describe("opening by the recovery key", () => {
  async function forgotten() {
    await userEvent.click(screen.getByRole("radio", { name: /Archive 2025/ }));
    await userEvent.click(screen.getByRole("button", { name: "Use the recovery key" }));
    await userEvent.type(screen.getByLabelText("New passphrase"), long);
    await userEvent.type(screen.getByLabelText("New passphrase again"), long);
  }
  const group = (place: number) => screen.getByRole("textbox", { name: `Group ${place}` });

  it("takes a whole key that is pasted into any group, and a new passphrase", async () => {
    const fake = fakeIpc();
    const onopen = show();
    await forgotten();
    group(3).focus();
    await userEvent.paste(recoveryKey.replaceAll("-", " "));
    expect(group(1)).toHaveValue("123453");
    expect(group(8)).toHaveFocus();
    await userEvent.keyboard("{Enter}");
    const folder = "/media/usb/Archive 2025.lanthan";
    await waitFor(() => expect(onopen).toHaveBeenCalledWith({ name: "Evidence", folder }));
    expect(fake.given("open_with_recovery_key")).toEqual([{ folder, recoveryKey, newPassphrase: long }]);
  });

  it("leads from group to group while typing, and names the one that is mistyped", async () => {
    const fake = fakeIpc();
    show();
    await forgotten();
    await userEvent.click(group(1));
    await userEvent.keyboard("123453");
    expect(group(2)).toHaveFocus();
    await userEvent.keyboard("234546");
    expect(group(2)).toHaveAccessibleDescription("Mistyped.");
    expect(group(2)).toHaveFocus();
    expect(group(1)).not.toHaveAccessibleDescription();
    await userEvent.keyboard("{Enter}");
    expect(group(3)).toHaveAccessibleDescription("6 digits.");
    expect(fake.given("open_with_recovery_key")).toEqual([]);
  });

  it("says when the key is that of another vault, and keeps what was typed", async () => {
    fakeIpc();
    const onopen = show();
    await forgotten();
    group(1).focus();
    await userEvent.paste("000011".repeat(8));
    await userEvent.keyboard("{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("belongs to another vault");
    expect(group(8)).toHaveValue("000011");
    expect(onopen).not.toHaveBeenCalled();
  });
});

describe("a new passphrase", () => {
  it("is judged in words while it is typed", async () => {
    fakeIpc({ passphrase_strength: () => ({ score: 1, accepted: false }) });
    show({ recent: [] });
    expect(screen.getByRole("status")).toHaveTextContent("judged as guessing programs try");
    await userEvent.type(screen.getByLabelText("Passphrase"), "eleven char");
    expect(screen.getByRole("status")).toHaveTextContent("Still too short.");
    await userEvent.type(screen.getByLabelText("Passphrase"), "s");
    await waitFor(() => expect(screen.getByRole("status")).toHaveTextContent("Soon found"));
  });

  it("that would be guessed makes no vault, and its field says so", async () => {
    const fake = fakeIpc({ passphrase_strength: () => ({ score: 0, accepted: false }) });
    show({ recent: [] });
    await userEvent.type(screen.getByLabelText("Passphrase"), "passwordpassword");
    await userEvent.type(screen.getByLabelText("Passphrase again"), "passwordpassword{Enter}");
    await waitFor(() =>
      expect(screen.getByLabelText("Passphrase")).toHaveAccessibleDescription(/would soon be guessed/),
    );
    expect(fake.given("create_vault")).toEqual([]);
  });

  it("is long enough at twelve characters and not at eleven, whatever their width", () => {
    const passphrase = new NewPassphrase();
    for (const [typed, short] of [["12345678901", true], ["123456789012", false], ["😀".repeat(11), true]] as const) {
      passphrase.typed = typed;
      expect(passphrase.isShort).toBe(short);
    }
  });

  it("that is changed while it is judged is not used", async () => {
    let judged = () => {};
    fakeIpc({
      passphrase_strength: () =>
        new Promise((resolve) => (judged = () => resolve({ score: 4, accepted: true }))),
    });
    const passphrase = new NewPassphrase();
    passphrase.typed = passphrase.again = long;
    const accepting = passphrase.accept();
    passphrase.type(`${long}!`);
    judged();
    expect(await accepting).toBe(false);
    passphrase.forget();
  });
});

describe("a recovery key", () => {
  it("falls into eight groups however they are parted", () => {
    expect(groups(recoveryKey)).toHaveLength(8);
    expect(groups(recoveryKey.replaceAll("-", " "))).toEqual(groups(recoveryKey));
  });

  it("has groups that eleven divides and that fit sixteen bits, so a slip is noticed", () => {
    for (const group of groups(recoveryKey)) {
      expect(canBeGroup(group)).toBe(true);
      const last = Number(group.at(-1));
      for (let digit = 0; digit < 10; digit += 1) {
        if (digit !== last) expect(canBeGroup(group.slice(0, 5) + digit)).toBe(false);
      }
    }
    expect(canBeGroup("720885")).toBe(true);
    expect(canBeGroup("720896")).toBe(false);
    expect(canBeGroup("１２３４５３")).toBe(true);
    expect(canBeGroup("12345")).toBe(false);
  });

  it("that is pasted in part fills from its place on and leaves the rest", () => {
    const before = ["a", "b", "c", "d", "e", "f", "g", "h"];
    expect(dealt(before, 1, "123453-2345")).toEqual(["a", "123453", "2345", "d", "e", "f", "g", "h"]);
    expect(dealt(before, 7, "123453 234564").at(-1)).toBe("123453");
    expect(dealt(before, 5, recoveryKey)).toEqual(groups(recoveryKey));
  });

  it("is asked for at two different places, the lower first", () => {
    for (let first = 0; first < 8; first += 1) {
      for (let step = 0; step < 7; step += 1) {
        const answers = [first, step];
        const [low, high] = askedGroups(8, () => answers.shift() ?? 0);
        expect(low).toBeLessThan(high);
        expect(high).toBeLessThan(8);
      }
    }
  });

  it("may be typed back with spaces and full-width digits", () => {
    expect(isGroup(" 123 453", "123453")).toBe(true);
    expect(isGroup("１２３４５３", "123453")).toBe(true);
    expect(isGroup("123435", "123453")).toBe(false);
  });
});

describe("the place of a vault", () => {
  it("is put together as its system writes it", () => {
    expect(joinPlace("/home/a", " Evidence ")).toBe("/home/a/Evidence.lanthan");
    expect(joinPlace("C:\\Users\\a", "Evidence")).toBe("C:\\Users\\a\\Evidence.lanthan");
    expect(joinPlace("/", "Evidence")).toBe("/Evidence.lanthan");
  });

  it("is taken apart again", () => {
    expect(splitPlace("C:\\Users\\a\\Evidence.lanthan")).toEqual({ place: "C:\\Users\\a", name: "Evidence" });
    expect(vaultName("/media/usb/Archive 2025.lanthan/")).toBe("Archive 2025");
  });

  it("has a name that can be a folder's on every system", () => {
    for (const good of ["Evidence", "Beweise 2026", "证据"]) expect(isName(good)).toBe(true);
    for (const bad of ["", " ", "a/b", "a\\b", "con:", ".hidden", "dot.", "a?"]) expect(isName(bad)).toBe(false);
  });
});
