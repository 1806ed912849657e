import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";

import { forgetDrafts } from "../../nouns/form.svelte";
import { type Answers, fakeIpc, refusal } from "../../testing/fakeIpc";
import { clock } from "../../testing/sample/clock";
import { dossier } from "../../testing/sample/dossier";
import ClockScreen from "./ClockScreen.svelte";

async function show(changed: Partial<Answers> = {}) {
  const fake = fakeIpc(changed);
  const onchanged = vi.fn();
  render(ClockScreen, { props: { dossier, target: null, onchanged, ongo: vi.fn() } });
  await screen.findByRole("heading", { name: "When the clock stood still" });
  return { fake, onchanged };
}

const lastDay = (name: string) => within(screen.getByRole("heading", { name }).closest("li") as HTMLElement);

afterEach(forgetDrafts);

describe("the clock", () => {
  it("says of each last day how it was counted, who says so, and that it is an estimate", async () => {
    await show();
    const decision = lastDay("Decision of the authority");
    expect(decision.getByText("45 working days after 23 Nov 2026")).toBeInTheDocument();
    expect(decision.getByText("Law")).toBeInTheDocument();
    expect(decision.getByText(/Article 17/)).toBeInTheDocument();
    expect(decision.getByText("Estimate")).toBeInTheDocument();
    expect(decision.getByText(/From 1 Jan 2027 on/)).toBeInTheDocument();
    expect(decision.getByText(/still stands still/)).toBeInTheDocument();
    expect(lastDay("Notice of what is missing").getByText("Passed")).toBeInTheDocument();
    expect(lastDay("Acceptance at the latest").getByText("Done on 23 Nov 2026, too late")).toBeInTheDocument();
  });

  it("warns when the decision may come too late", async () => {
    await show();
    expect(screen.getByText(/may come too late: it is due 12 Feb 2027, and needed by 29 Jan 2027/)).toBeInTheDocument();
  });

  it("says in words and colour that what was done was done too late, and not on the last day itself", async () => {
    const [first, second, ...rest] = clock.deadlines;
    if (!first || !second) throw new Error("the sample has deadlines");
    const late = { ...first, day: "2026-11-20", done: "2026-11-23", isPast: true };
    const justInTime = { ...second, day: "2026-11-23", done: "2026-11-23", isPast: true };
    await show({ deadlines: () => ({ ...clock, deadlines: [late, justInTime, ...rest] }) });
    expect(screen.getByText("Done on 23 Nov 2026, too late")).toBeInTheDocument();
    expect(screen.getByText("Done on 23 Nov 2026")).toBeInTheDocument();
  });

  it("is silent once the decision was made", async () => {
    const made = clock.deadlines.map((one) => ({ ...one, done: "2026-11-25" }));
    await show({ deadlines: () => ({ ...clock, deadlines: made }) });
    expect(screen.queryByText(/may come too late/)).not.toBeInTheDocument();
  });

  it("says only by an estimate that it comes in time, where it is one", async () => {
    await show({ deadlines: () => ({ ...clock, inTime: true }) });
    expect(screen.getByText("By an estimate, the decision is due in time.")).toBeInTheDocument();
    expect(document.body).not.toHaveTextContent("may come too late");
  });

  it("asks for the courier's days and never guesses them", async () => {
    const open = clock.deadlines.map((one) => ({ ...one, done: null }));
    await show({ deadlines: () => ({ ...clock, deadlines: open }) });
    expect(screen.getByText(/Lanthan does not guess it/)).toBeInTheDocument();
  });

  it("counts anew after each entry", async () => {
    const { fake, onchanged } = await show();
    const before = fake.given("deadlines").length;
    await userEvent.type(await screen.findByRole("textbox", { name: "Licence granted" }), "2026-11-24");
    await userEvent.tab();
    await waitFor(() => expect(fake.given("deadlines").length).toBeGreaterThan(before));
    expect(fake.given("save_fields")[0]?.entries).toEqual([{ key: "filing.granted", en: "2026-11-24", zh: "2026-11-24" }]);
    expect(onchanged).toHaveBeenCalled();
  });

  it("adds a stop with its basis in sight, and takes one out", async () => {
    const { fake } = await show();
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Why it stands still" }), "request");
    expect(screen.getByText(/No text says that the period stops/)).toBeInTheDocument();
    await userEvent.type(screen.getByRole("textbox", { name: "First day" }), "2026-11-24");
    await userEvent.click(screen.getByRole("button", { name: "Add a stop" }));
    const kept = { reason: "request", from: "2026-11-25", to: "" };
    await waitFor(() =>
      expect(fake.given("set_stops")).toEqual([
        { dossier: dossier.id, stops: [kept, { reason: "request", from: "2026-11-24", to: "" }] },
      ]),
    );
    await userEvent.click(await screen.findByRole("button", { name: "Remove the stop from 25 Nov 2026" }));
    await waitFor(() => expect(fake.given("set_stops")).toHaveLength(2));
  });

  it("keeps what was typed when a stop is refused", async () => {
    await show({
      set_stops: () => {
        throw refusal("clock", { message: "the stop that begins on 2026-11-24 ends before it begins" });
      },
    });
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Why it stands still" }), "request");
    await userEvent.type(screen.getByRole("textbox", { name: "First day" }), "2026-11-24");
    await userEvent.click(screen.getByRole("button", { name: "Add a stop" }));
    expect(await screen.findByText(/ends before it begins/)).toBeInTheDocument();
    expect(screen.getByRole("textbox", { name: "First day" })).toHaveValue("2026-11-24");
  });

  it("still shows the stops when days contradict each other, so that they can be mended", async () => {
    const problem = refusal("clock", { message: "the stop begins before the acceptance" });
    await show({ deadlines: () => ({ ...clock, deadlines: [], inTime: null, problem }) });
    expect(screen.getByText(/begins before the acceptance/)).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Remove the stop from 25 Nov 2026" })).toBeInTheDocument();
  });

  it("says what it is for while nothing was entered", async () => {
    await show({ deadlines: () => ({ ...clock, deadlines: [], stops: [], inTime: null }) });
    expect(screen.getByRole("heading", { name: "No days yet" })).toBeInTheDocument();
    expect(screen.getByText(/never stood still/)).toBeInTheDocument();
  });
});
