import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { type Answers, fakeIpc, refusal } from "../../testing/fakeIpc";
import { recoveryKey } from "../../testing/sample/dossier";
import { care, checked, damaged } from "../../testing/sample/vault";
import { groups } from "../unlock/recovery";
import { ageInDays } from "./age";
import CareButton from "./CareButton.svelte";
import VaultScreen from "./VaultScreen.svelte";

const long = "nine words that only I would write";

async function show(changed: Partial<Answers> = {}) {
  const fake = fakeIpc(changed);
  const vault = { name: "Evidence", folder: "/v/Evidence.lanthan" };
  const view = render(VaultScreen, { vault, onback: vi.fn(), onlock: vi.fn() });
  await waitFor(() => expect(fake.given("vault_care")).not.toEqual([]));
  return { fake, ...view };
}

const click = (name: string | RegExp) => userEvent.click(screen.getByRole("button", { name }));
const region = (name: string) => within(screen.getByRole("region", { name }));

/** A day so many days before today. */
function daysAgo(days: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() - days)).toISOString().slice(0, 10);
}

/** Says that the recovery key is on paper, and types back the groups that are asked for. */
async function typeBack() {
  await click("It is on paper");
  for (const field of screen.getAllByRole("textbox", { name: /^Group/ })) {
    const place = Number(/\d+/.exec((field as HTMLInputElement).labels?.[0]?.textContent ?? "")?.[0]);
    await userEvent.type(field, groups(recoveryKey)[place - 1] ?? "");
  }
}

describe("the last backup", () => {
  it("is counted in days of the calendar, over the change of the hour too", () => {
    expect(ageInDays("2026-10-24", new Date(2026, 9, 26, 1))).toBe(2);
    expect(ageInDays("2026-11-26", new Date(2026, 10, 25))).toBe(0);
  });

  it("that is old or missing is said with a warning", async () => {
    const { unmount } = await show({ vault_care: () => ({ ...care, lastBackup: daysAgo(20), isOld: true }) });
    expect(await screen.findByRole("note")).toHaveTextContent("20 days ago");
    unmount();
    await show({ vault_care: () => ({ ...care, lastBackup: null, folder: null, isOld: true }) });
    expect(await screen.findByRole("note")).toHaveTextContent("There is no backup yet.");
    expect(screen.queryByRole("button", { name: "Back up now" })).not.toBeInTheDocument();
  });

  it("that is young is said without one", async () => {
    await show({ vault_care: () => ({ ...care, lastBackup: daysAgo(1) }) });
    expect(await screen.findByText(/made yesterday/)).toBeInTheDocument();
    expect(screen.queryByRole("note")).not.toBeInTheDocument();
  });

  it("is said on the button that leads here", async () => {
    fakeIpc({ vault_care: () => ({ ...care, lastBackup: null, isOld: true }) });
    const onclick = vi.fn();
    render(CareButton, { onclick });
    expect(await screen.findByText("No backup yet")).toBeInTheDocument();
    await click("Care of the vault");
    expect(onclick).toHaveBeenCalledOnce();
  });
});

describe("a backup", () => {
  it("goes into the chosen folder, shows how far it is and asks again how the vault stands", async () => {
    let finish = () => {};
    const { fake } = await show({
      backup_vault: () =>
        new Promise((resolve) => {
          finish = () =>
            resolve({ folder: "/media/b", dossiers: 1, objects: 3, newObjects: 2, newBytes: 4_200_000, damaged: [], removed: 0 });
        }),
      pick_folder: () => "/media/usb",
    });
    await click("Back up to a folder …");
    await waitFor(() => expect(fake.given("backup_vault")).toHaveLength(1));
    const { folder, job } = fake.given("backup_vault")[0] ?? { folder: "", job: "" };
    expect(folder).toBe("/media/usb");
    await fake.tell("progress", { job, done: 1_000_000, total: 4_200_000, stage: "backup" });
    expect(await screen.findByText("1 MB of 4.2 MB")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Check every byte" })).toBeDisabled();
    finish();
    expect(await screen.findByText(/^The backup was made and read back, \d\d:\d\d\.$/)).toBeInTheDocument();
    expect(screen.getByText("2 originals were new (4.2 MB); the others were there.")).toBeInTheDocument();
    await waitFor(() => expect(fake.given("vault_care")).toHaveLength(2));
  });

  it("is stopped on a word, and says that nothing was changed", async () => {
    let stop = () => {};
    const { fake } = await show({
      backup_vault: () => new Promise((_, reject) => (stop = () => reject(refusal("cancelled")))),
      cancel: () => {
        stop();
        return null;
      },
    });
    await userEvent.click(await screen.findByRole("button", { name: "Back up now" }));
    await userEvent.click(await screen.findByRole("button", { name: "Stop" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Stopped. Nothing was changed.");
    expect(fake.given("cancel")).toHaveLength(1);
  });

  it("is stopped when nobody waits for it any more", async () => {
    const { fake, unmount } = await show({ check_vault: () => new Promise(() => {}) });
    await click("Check every byte");
    unmount();
    await waitFor(() => expect(fake.given("cancel")).toHaveLength(1));
  });

  it("is rehearsed with its passphrase, and then known to work", async () => {
    const { fake } = await show();
    const passphrase = screen.getByLabelText("Passphrase of the backup");
    await screen.findAllByText(/Evidence\.lanthan/);
    await userEvent.type(passphrase, "wrong{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("The passphrase is wrong.");
    await userEvent.clear(passphrase);
    await userEvent.type(passphrase, `${long}{Enter}`);
    expect(await screen.findByText(/^This backup works, \d\d:\d\d\.$/)).toBeInTheDocument();
    expect(fake.given("rehearse_backup")[1]).toMatchObject({ folder: care.folder, passphrase: long });
    expect(passphrase).toHaveValue("");
  });

  it("that is older than the vault works, and says that it is older", async () => {
    await show({ rehearse_backup: () => ({ dossiers: 3, objects: 14, works: true, isCurrent: false, isAsMade: true, checked }) });
    await screen.findAllByText(/Evidence\.lanthan/);
    await userEvent.type(screen.getByLabelText("Passphrase of the backup"), `${long}{Enter}`);
    expect(await screen.findByText(/not hold exactly what the vault holds now/)).toBeInTheDocument();
  });
});

describe("backups by themselves", () => {
  const plan = { folder: "/media/usb", everyDays: 1, keep: 5 };

  it("begin when a folder is chosen, with the numbers that were typed", async () => {
    const { fake } = await show({ pick_folder: () => "/media/usb" });
    const section = within(await screen.findByRole("region", { name: "Backups by themselves" }));
    await userEvent.clear(await section.findByLabelText("Every how many days"));
    await userEvent.type(section.getByLabelText("Every how many days"), "7");
    await userEvent.click(section.getByRole("button", { name: "Choose a folder …" }));
    await waitFor(() => expect(fake.given("set_backup_plan")).toEqual([{ folder: "/media/usb", everyDays: 7, keep: 5 }]));
  });

  it("keep 1 to 30, and nothing else is saved", async () => {
    const { fake } = await show({ vault_care: () => ({ ...care, plan }) });
    const section = within(await screen.findByRole("region", { name: "Backups by themselves" }));
    const keep = await section.findByLabelText("How many to keep");
    await userEvent.clear(keep);
    await userEvent.type(keep, "31{Enter}");
    expect(section.getByText("A number from 1 to 30.")).toBeInTheDocument();
    expect(section.getByRole("button", { name: "Save" })).toBeDisabled();
    expect(fake.given("set_backup_plan")).toEqual([]);
    await userEvent.clear(keep);
    await userEvent.type(keep, "3{Enter}");
    await waitFor(() => expect(fake.given("set_backup_plan")).toEqual([{ ...plan, keep: 3 }]));
  });

  it("say calmly that the folder is away, and can be made now all the same", async () => {
    const failure = { code: "backup-folder-missing", args: { message: "It is not there." } };
    const { fake } = await show({ vault_care: () => ({ ...care, plan, failure }) });
    expect(await screen.findByText("The backup is made as soon as it can be.")).toBeInTheDocument();
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
    await click("Back up now");
    await waitFor(() => expect(fake.given("back_up_now")).toHaveLength(1));
  });

  it("are said while they are made, and the list is read anew", async () => {
    let running = false;
    const { fake } = await show({ vault_care: () => ({ ...care, plan, isRunning: running }) });
    running = true;
    await fake.tell("backup", null);
    expect(await screen.findByText(/being made in the background/)).toBeInTheDocument();
    expect(fake.given("backups").length).toBeGreaterThan(1);
  });
});

describe("the list of backups", () => {
  it("says of each when, how much, whether it worked and whether it is there", async () => {
    await show();
    const [first, second] = within(await screen.findByRole("list", { name: "Known backups" })).getAllByRole("listitem");
    expect(first).toHaveTextContent(/20 Nov 2026.*14 originals, 31.4 MB.*worked, 20 Nov 2026/);
    expect(second).toHaveTextContent(/opens with an earlier passphrase.*not rehearsed yet/);
  });

  it("chooses the one that is rehearsed, and takes one off", async () => {
    const { fake } = await show();
    await userEvent.click(await screen.findByRole("button", { name: /^Choose the backup of 13 Nov/ }));
    await userEvent.type(screen.getByLabelText("Passphrase of the backup"), `${long}{Enter}`);
    await waitFor(() => expect(fake.given("rehearse_backup")).toHaveLength(1));
    const folder = "/media/usb/Evidence backup 1.lanthan";
    expect(fake.given("rehearse_backup")[0]).toMatchObject({ folder });
    await userEvent.click(screen.getByRole("button", { name: /^Take the backup of 13 Nov/ }));
    await waitFor(() => expect(fake.given("forget_backup")).toEqual([{ folder }]));
  });
});

describe("bringing a vault back", () => {
  it("makes a new folder of the chosen backup and never takes one that is there", async () => {
    const { fake } = await show({ pick_folder: () => "/media/disk" });
    const section = region("Bring a vault back");
    await section.findByText("/media/usb/Evidence.lanthan");
    await userEvent.click(section.getByRole("button", { name: "Choose where …" }));
    await userEvent.type(section.getByLabelText("Passphrase of the backup to bring back"), "wrong{Enter}");
    expect(await section.findByRole("alert")).toHaveTextContent("The passphrase is wrong.");
    await userEvent.clear(section.getByLabelText("Passphrase of the backup to bring back"));
    await userEvent.type(section.getByLabelText("Passphrase of the backup to bring back"), `${long}{Enter}`);
    expect(await section.findByText(/^The vault is back/)).toBeInTheDocument();
    expect(fake.given("restore_backup")[1]).toMatchObject({
      backup: "/media/usb/Evidence.lanthan",
      folder: "/media/disk/Evidence restored.lanthan",
      passphrase: long,
    });
  });
});

describe("a check of every byte", () => {
  it("says that all is whole, and how much was read", async () => {
    await show();
    await click("Check every byte");
    expect(await region("Every byte").findByText(/^Every byte is what was written/)).toBeInTheDocument();
    expect(region("Every byte").getByText("14 originals were read, 31.4 MB.")).toBeInTheDocument();
  });

  it("names what is damaged by the titles of the house", async () => {
    await show({ check_vault: () => ({ ...damaged, database: "page", ledgerWhole: false }) });
    await click("Check every byte");
    const found = await screen.findByRole("alert");
    expect(found).toHaveTextContent("2 originals are damaged");
    expect(within(found).getAllByRole("listitem").map((item) => item.textContent)).toEqual([
      "Finished product in “Ring magnets, PO 4711”: its bytes were changed",
      "Shown only by an older version of a dossier: its file cannot be read",
    ]);
    expect(found).toHaveTextContent("The database: a page was changed");
    expect(found).toHaveTextContent("ledger's chain is broken");
    expect(found).toHaveTextContent("two key files");
  });

  it("names conflict copies apart from other strays", async () => {
    const strays = [
      { path: "vault (conflicted copy).db", conflict: true },
      { path: "notes.txt", conflict: false },
    ];
    await show({ vault_care: () => ({ ...care, lastBackup: daysAgo(1), strays }) });
    const [copies, others] = await screen.findAllByRole("note");
    expect(copies).toHaveTextContent("changed in two places. vault (conflicted copy).db");
    expect(others).toHaveTextContent("notes.txt");
  });
});

describe("the keys of the vault", () => {
  it("are changed by the passphrase of today and a new one typed twice", async () => {
    const { fake } = await show();
    await click("Change the passphrase …");
    await userEvent.keyboard("wrong");
    await userEvent.type(screen.getByLabelText("New passphrase"), long);
    await userEvent.type(screen.getByLabelText("New passphrase again"), `${long}{Enter}`);
    expect(await screen.findByRole("alert")).toHaveTextContent("The passphrase is wrong.");
    await userEvent.clear(screen.getByLabelText("Passphrase of today"));
    await userEvent.type(screen.getByLabelText("Passphrase of today"), "the old one{Enter}");
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(fake.given("change_passphrase")[1]).toEqual({ current: "the old one", new: long });
  });

  it("are all new at once when the new recovery key is on paper, and not before", async () => {
    let finish = () => {};
    const { fake } = await show({ rekey_vault: () => new Promise((resolve) => (finish = () => resolve(null))) });
    await click("New key for everything …");
    await userEvent.keyboard("wrong");
    await userEvent.type(screen.getByLabelText("New passphrase"), long);
    await userEvent.type(screen.getByLabelText("New passphrase again"), `${long}{Enter}`);
    expect(await screen.findByRole("alert")).toHaveTextContent("The passphrase is wrong.");
    await userEvent.clear(screen.getByLabelText("Passphrase of today"));
    await userEvent.type(screen.getByLabelText("Passphrase of today"), "the old one{Enter}");
    expect(await screen.findByText("701239")).toBeInTheDocument();
    expect(fake.given("rekey_vault")).toEqual([]);
    await typeBack();
    await click("Finish");
    await waitFor(() => expect(fake.given("rekey_vault")).toHaveLength(1));
    const { job, ...given } = fake.given("rekey_vault")[0] ?? { job: "" };
    expect(given).toEqual({ current: "the old one", new: long, recoveryKey });
    await fake.tell("progress", { job, done: 1_000_000, total: 4_200_000, stage: "rekey" });
    expect(await screen.findByText("1 MB of 4.2 MB")).toBeInTheDocument();
    await click("Close");
    expect(screen.getByRole("dialog")).toBeInTheDocument();
    finish();
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });

  it("that were stopped say that nothing was changed, and can be tried again", async () => {
    let stopped = false;
    await show({
      rekey_vault: () => {
        if (stopped) return null;
        stopped = true;
        throw refusal("cancelled");
      },
    });
    await click("New key for everything …");
    await userEvent.keyboard("the old one");
    await userEvent.type(screen.getByLabelText("New passphrase"), long);
    await userEvent.type(screen.getByLabelText("New passphrase again"), `${long}{Enter}`);
    await screen.findByText("701239");
    await typeBack();
    await click("Finish");
    expect(await screen.findByRole("alert")).toHaveTextContent("Stopped. Nothing was changed.");
    await click("Try again");
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });

  it("of earlier backups are named until today's open them", async () => {
    const folder = "/media/usb/Evidence.lanthan";
    await show({
      backup_keys: () => [
        { folder, known: true, passphrase: false, recoveryKey: true },
        { folder: "/media/b", known: true, passphrase: true, recoveryKey: true },
        { folder: "/media/away", known: false, passphrase: false, recoveryKey: false },
      ],
    });
    const note = await region("Passphrase and recovery key").findByRole("note");
    expect(note).toHaveTextContent(`${folder}: an earlier passphrase`);
    expect(note).not.toHaveTextContent("/media/b");
    expect(note).toHaveTextContent("/media/away: out of reach now");
  });

  it("a new recovery key is shown once and closes only when two groups were typed back", async () => {
    const { fake } = await show();
    await click("New recovery key …");
    await userEvent.keyboard("the old one{Enter}");
    expect(await screen.findByText("701239")).toBeInTheDocument();
    expect(fake.given("replace_recovery_key")).toEqual([{ current: "the old one" }]);
    await click("Close");
    expect(screen.getByRole("alert")).toHaveTextContent("The old paper is void already.");
    await typeBack();
    await click("Finish");
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });
});
