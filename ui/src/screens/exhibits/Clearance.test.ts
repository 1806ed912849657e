import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import type { ExhibitChangeDto } from "../../ipc/generated/ExhibitChangeDto";
import { dossier } from "../../testing/sample/dossier";
import { exhibits } from "../../testing/sample/exhibits";
import Clearance from "./Clearance.svelte";
import { changeOf } from "./draft.svelte";

const scene = exhibits.find(({ id }) => id === "production-scene") ?? expect.fail("no such sample");

function show(part: Partial<ExhibitChangeDto> = {}, recipients = dossier.recipients) {
  const onchange = vi.fn();
  const onparties = vi.fn();
  const change = { ...changeOf(scene), ...part };
  render(Clearance, { change, pageCount: 1, parties: dossier.parties, recipients, onchange, onparties });
  return { onchange, onparties };
}

const row = (name: RegExp) => {
  const found = screen.getAllByRole("listitem").find((item) => name.test(item.textContent ?? ""));
  return within(found ?? expect.fail("no such party"));
};

it("clears nothing by one click, and says first what would be given away", async () => {
  const { onchange } = show();
  await userEvent.click(row(/Ningbo/).getByRole("button", { name: "Clear …" }));
  expect(onchange).not.toHaveBeenCalled();
  const question = screen.getByRole("group", { name: /Clearing discloses. Ningbo/ });
  expect(within(question).getByText(/2 masks hide something/)).toBeVisible();
  expect(within(question).getByText(/marked secret/)).toBeVisible();
  expect(within(question).getByRole("button", { name: "Keep it here" })).toHaveFocus();
  await userEvent.click(within(question).getByRole("button", { name: /^Clear for Ningbo/ }));
  expect(onchange).toHaveBeenCalledExactlyOnceWith(["supplier"]);
});

it("keeps it here when the answer is no", async () => {
  const { onchange } = show();
  await userEvent.click(row(/Ningbo/).getByRole("button", { name: "Clear …" }));
  await userEvent.click(screen.getByRole("button", { name: "Keep it here" }));
  expect(onchange).not.toHaveBeenCalled();
  expect(screen.queryByRole("group")).toBeNull();
});

it("withdraws from one recipient and leaves the other", async () => {
  const { onchange } = show({ clearedFor: ["end-user", "supplier"] });
  await userEvent.click(row(/Ningbo/).getByRole("button", { name: "Withdraw" }));
  expect(onchange).toHaveBeenCalledExactlyOnceWith(["end-user"]);
});

it("never offers a downstream customer", () => {
  show();
  expect(screen.queryByText(/Nordklang/)).toBeNull();
});

it("still shows a party that may no longer receive, so that it can be withdrawn", async () => {
  const { onchange } = show({ clearedFor: ["downstream-customer"] });
  await userEvent.click(row(/Nordklang/).getByRole("button", { name: "Withdraw" }));
  expect(onchange).toHaveBeenCalledExactlyOnceWith([]);
});

it("says that a secret exhibit is cleared", () => {
  show({ clearedFor: ["supplier"] });
  expect(screen.getByText(/marked secret and is cleared all the same/)).toBeVisible();
});

it("leads to the parties while nobody can receive", async () => {
  const { onparties } = show({}, []);
  await userEvent.click(screen.getByRole("button", { name: "Enter the parties" }));
  expect(onparties).toHaveBeenCalledOnce();
});
