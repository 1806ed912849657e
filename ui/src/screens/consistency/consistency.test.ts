import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import { type Answers, fakeIpc } from "../../testing/fakeIpc";
import { dossier } from "../../testing/sample/dossier";
import { taken } from "../dossier/target";
import ConsistencyScreen from "./ConsistencyScreen.svelte";

function show(target: string | null = null, changed: Partial<Answers> = {}) {
  const fake = fakeIpc(changed);
  const [onchanged, ongo] = [vi.fn(), vi.fn()];
  render(ConsistencyScreen, { props: { dossier, target, onchanged, ongo } });
  return { fake, onchanged, ongo };
}

describe("the checks", () => {
  it("open on what differs, with its basis, its remedy and a way to its place", async () => {
    const { ongo } = show();
    expect(await screen.findByText("Purchase order says “PO 4717”, not “PO 4711”.")).toBeInTheDocument();
    expect(screen.getByText("Reported practice")).toBeInTheDocument();
    expect(screen.getByText("Correct the number or the day where they differ.")).toBeInTheDocument();
    const [first] = screen.getAllByRole("button", { name: "Show me" });
    await userEvent.click(first as HTMLElement);
    expect(ongo).toHaveBeenCalledWith("exhibits", "purchase-order");
  });

  it("say of each how it stands", async () => {
    show();
    expect(await screen.findByRole("button", { name: "End user's name Agrees" })).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Order of days Open" })).toBeInTheDocument();
    expect(screen.getByText("1 agree, 1 differ, 1 cannot be made yet")).toBeInTheDocument();
  });

  it("lead to the field that a finding names", async () => {
    show("#certificate.signed");
    const field = await screen.findByRole("textbox", { name: "Day of signature of the certificate" });
    await waitFor(() => expect(field).toHaveFocus());
  });
});

describe("the draft of the certificate", () => {
  it("shows the words of a fault, and lets it be taken on only with a reason", async () => {
    const { fake, onchanged } = show("#fault.penalty");
    const fault = within(await screen.findByRole("region", { name: "Penalty or indemnity without fault" }));
    expect(fault.getByText("The end user pays liquidated damages")).toBeInTheDocument();
    await userEvent.click(fault.getByRole("button", { name: "Take it on …" }));
    expect(fault.getByRole("button", { name: "Take it on" })).toBeDisabled();
    await userEvent.type(fault.getByRole("textbox", { name: "Why it is taken on" }), "The board agreed");
    await userEvent.click(fault.getByRole("button", { name: "Take it on" }));
    await waitFor(() => expect(onchanged).toHaveBeenCalled());
    expect(fake.given("accept_fault")).toMatchObject([{ fault: "penalty", reason: "The board agreed" }]);
    expect(await screen.findByText(/Taken on on .*: The board agreed/)).toBeInTheDocument();
  });
});

describe("a target", () => {
  it("names a thing, a place in it, or both", () => {
    expect(taken(null)).toEqual({ id: null, place: null });
    expect(taken("supplier")).toEqual({ id: "supplier", place: null });
    expect(taken("shipment-plan#order.port")).toEqual({ id: "shipment-plan", place: "order.port" });
    expect(taken("#fault.penalty")).toEqual({ id: null, place: "fault.penalty" });
  });
});
