import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import type { PlanDto } from "../../ipc/generated/PlanDto";
import { type Answers, fakeIpc, refusal } from "../../testing/fakeIpc";
import { dossier } from "../../testing/sample/dossier";
import { plan } from "../../testing/sample/exhibits";
import ReleaseScreen from "./ReleaseScreen.svelte";

const without = (...gone: string[]): PlanDto => ({
  ...plan,
  findings: plan.findings.filter(({ severity }) => !gone.includes(severity)),
});

async function open(changed: Partial<Answers> = {}, target: string | null = null) {
  const fake = fakeIpc(changed);
  const told = { onchanged: vi.fn(), ongo: vi.fn() };
  render(ReleaseScreen, { props: { dossier, target, ...told } });
  await screen.findByRole("heading", { name: "Let it leave" });
  return { fake, ...told };
}

const releaseButton = () => screen.queryByRole("button", { name: /^Release to/ });

it("offers no button while something blocks, and says why", async () => {
  await open();
  expect(releaseButton()).toBeNull();
  expect(screen.getByText("Nothing can leave yet: 1 point blocks.")).toBeVisible();
});

it("leads from each finding to its place", async () => {
  const { ongo } = await open();
  await userEvent.click(screen.getByRole("button", { name: "Open the statement" }));
  expect(ongo).toHaveBeenCalledExactlyOnceWith("statements", "end-use");
});

it("lets nothing leave with weak points until somebody says that they know them", async () => {
  const { fake } = await open({ plan: () => without("blocks") });
  await userEvent.click(screen.getByRole("button", { name: "Choose where …" }));
  expect(releaseButton()).toBeDisabled();
  expect(screen.getByText("It leaves with 1 weak point")).toBeVisible();
  await userEvent.click(screen.getByRole("checkbox", { name: /I know this point/ }));
  expect(releaseButton()).toBeEnabled();
  expect(fake.given("release")).toEqual([]);
});

it("releases into a new folder for the chosen recipient, and shows what left", async () => {
  vi.useFakeTimers({ now: new Date(2026, 10, 25, 9), toFake: ["Date"] });
  const { fake, onchanged, ongo } = await open({ plan: () => without("blocks", "weak") });
  vi.useRealTimers();
  await userEvent.click(screen.getByRole("button", { name: "Choose where …" }));
  await userEvent.click(releaseButton() ?? expect.fail("no button"));
  expect(await screen.findByText(/The package for Ningbo .* is written: 2 files/)).toBeVisible();
  expect(fake.given("release")[0]).toMatchObject({
    dossier: dossier.id,
    recipient: "supplier",
    folder: "/home/purchasing/Documents/2026-11-25-supplier",
  });
  const file = screen.getByRole("row", { name: /package.pdf/ });
  expect(within(file).getByText("5f".repeat(32))).toBeVisible();
  expect(within(file).getByRole("button", { name: "Copy the hash of package.pdf" })).toBeVisible();
  expect(screen.getByText(/Line 3 of the ledger/)).toBeVisible();
  expect(onchanged).toHaveBeenCalled();
  expect(releaseButton()).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "See what left" }));
  expect(ongo).toHaveBeenLastCalledWith("ledger");
});

it("refuses a folder name that would lead elsewhere", async () => {
  await open({ plan: () => without("blocks", "weak") });
  await userEvent.click(screen.getByRole("button", { name: "Choose where …" }));
  const name = screen.getByRole("textbox", { name: "Name of the new folder" });
  await userEvent.clear(name);
  await userEvent.type(name, "../out");
  expect(screen.getByText(/Leave out these characters/)).toBeVisible();
  expect(releaseButton()).toBeDisabled();
});

it("takes a stopped release for no fault", async () => {
  await open({
    plan: () => without("blocks", "weak"),
    release: () => {
      throw refusal("cancelled");
    },
  });
  await userEvent.click(screen.getByRole("button", { name: "Choose where …" }));
  await userEvent.click(releaseButton() ?? expect.fail("no button"));
  expect(await screen.findByText(/^Stopped. Nothing has left/)).toBeVisible();
  expect(screen.queryByRole("alert")).toBeNull();
  expect(releaseButton()).toBeEnabled();
});

it("asks for the plan again when the release is refused, and shows what blocks now", async () => {
  let plans = 0;
  const { fake } = await open({
    plan: () => (plans++ === 0 ? without("blocks", "weak") : plan),
    release: () => {
      throw refusal("blocked");
    },
  });
  await userEvent.click(screen.getByRole("button", { name: "Choose where …" }));
  await userEvent.click(releaseButton() ?? expect.fail("no button"));
  expect(await screen.findByText("Nothing can leave yet: 1 point blocks.")).toBeVisible();
  expect(fake.given("plan")).toHaveLength(2);
  expect(releaseButton()).toBeNull();
});

it("plans anew for another recipient", async () => {
  const { fake } = await open();
  await userEvent.click(screen.getByRole("radio", { name: /Sample Audio/ }));
  await vi.waitFor(() => expect(fake.given("plan").map(({ recipient }) => recipient)).toEqual(["supplier", "end-user"]));
});

it("shows every page of the preview when it comes into view, and each one large", async () => {
  const { fake } = await open();
  await userEvent.click(screen.getByRole("button", { name: "Show the package" }));
  const small = await screen.findAllByRole("button", { name: /^Open page/ });
  expect(small).toHaveLength(6);
  const { job } = fake.given("preview")[0] ?? { job: "" };
  const picture = small[1]?.querySelector("img");
  expect(picture).toHaveAttribute("loading", "lazy");
  expect(picture?.getAttribute("src")).toMatch(new RegExp(`/preview/2\\?v=${job}$`));
  expect(screen.getByText("Withheld and why")).toBeVisible();
  await userEvent.click(small[1] ?? expect.fail("no page"));
  await userEvent.click(screen.getByRole("button", { name: "Next page" }));
  expect(screen.getByRole("img", { name: "Page 3 of 6" })).toBeVisible();
});

it("names what leaves, what is withheld and what stays", async () => {
  await open();
  expect(screen.getByText("2 statements leave")).toBeVisible();
  expect(within(screen.getByRole("row", { name: /Purchase order/ })).getByText("采购订单")).toBeVisible();
  expect(screen.getByText(/Exhibit 2, page 1: 1 mask,/)).toBeVisible();
  expect(screen.getByText("2 exhibits do not leave")).toBeVisible();
});

it("leads to the parties while nobody can receive", async () => {
  fakeIpc();
  const ongo = vi.fn();
  render(ReleaseScreen, { props: { dossier: { ...dossier, recipients: [] }, target: null, onchanged: vi.fn(), ongo } });
  await userEvent.click(screen.getByRole("button", { name: "Open the parties" }));
  expect(ongo).toHaveBeenCalledExactlyOnceWith("parties");
});

it("masks what was only marked for redaction with one press, and takes that back", async () => {
  const finding = {
    severity: "blocks",
    code: "marked-not-redacted",
    text: "“Order” has places that are only marked for redaction: p. 1: Klangfeld",
    fix: "Mask these words.",
    screen: "exhibits",
    target: "purchase-order",
  } as const;
  const { fake, onchanged } = await open({ plan: () => ({ ...plan, findings: [finding] }), mask_hidden: () => 12 });
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Why they are withheld" }), "Price");
  await userEvent.click(screen.getByRole("button", { name: "Mask these words" }));
  expect(fake.given("mask_hidden")).toEqual([
    { dossier: dossier.id, exhibit: "purchase-order", kind: "marked", reason: "price" },
  ]);
  expect(onchanged).toHaveBeenCalledOnce();
  await userEvent.click(await screen.findByRole("button", { name: "Take the masks back" }));
  expect(fake.given("undo")).toEqual([{ dossier: dossier.id, seen: 12 }]);
  expect(screen.queryByRole("button", { name: "Take the masks back" })).toBeNull();
});
