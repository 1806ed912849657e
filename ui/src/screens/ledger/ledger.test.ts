import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { fakeIpc, refusal } from "../../testing/fakeIpc";
import { dossier, ledger } from "../../testing/sample/dossier";
import LedgerScreen from "./LedgerScreen.svelte";

const given = { props: { dossier, target: null, onchanged: vi.fn(), ongo: vi.fn() } };
const entries = () => within(screen.getByRole("list", { name: "What left" })).getAllByRole("listitem");

describe("the ledger", () => {
  it("shows this dossier's lines, and on demand every dossier's, the latest first", async () => {
    fakeIpc();
    render(LedgerScreen, given);
    await screen.findByText("No. 2");
    expect(entries()).toHaveLength(1);
    await userEvent.click(screen.getByRole("button", { name: "Every dossier" }));
    expect(entries().map((entry) => /No\. \d/.exec(entry.textContent)?.[0])).toEqual(["No. 2", "No. 1"]);
    expect(entries()[1]).toHaveTextContent("gap-magnets");
  });

  it("names what left, to whom, and how much was withheld", async () => {
    fakeIpc();
    render(LedgerScreen, given);
    await screen.findByText("No. 2");
    const [entry] = entries();
    expect(entry).toHaveTextContent("Ningbo Example Magnetics Co., Ltd.");
    expect(entry).toHaveTextContent("24 Nov 2026");
    expect(entry).toHaveTextContent("6 places masked");
    expect(entry).toHaveTextContent("2.4 MB");
  });

  it("gives the checksums away to the clipboard as a checksum file has them", async () => {
    const user = userEvent.setup();
    fakeIpc();
    render(LedgerScreen, given);
    await user.click(await screen.findByRole("button", { name: "Copy the checksums" }));
    const lines = (await navigator.clipboard.readText()).split("\n");
    expect(lines[0]).toBe(`${ledger[1]?.files[0]?.sha256 ?? ""}  package.pdf`);
    expect(lines).toHaveLength(3);
  });

  it("that is empty says how lines come into it; one that cannot be read says why", async () => {
    fakeIpc({ ledger: () => [] });
    const { unmount } = render(LedgerScreen, given);
    expect(await screen.findByRole("heading", { name: "Nothing has left yet" })).toBeInTheDocument();
    unmount();
    fakeIpc({
      ledger: () => {
        throw refusal("database-damaged");
      },
    });
    render(LedgerScreen, given);
    expect(await screen.findByRole("alert")).toHaveTextContent("database is damaged");
  });
});
