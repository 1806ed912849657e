import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ExhibitChangeDto } from "../../ipc/generated/ExhibitChangeDto";
import type { ExhibitDto } from "../../ipc/generated/ExhibitDto";
import { Draft, REST_MS } from "./draft.svelte";

const exhibit: ExhibitDto = {
  id: "exhibit-1",
  name: "hall.jpg",
  title: { en: "", zh: "" },
  caption: { en: "", zh: "" },
  kind: "photo",
  level: "secret",
  keptInside: null,
  format: "JPEG",
  pages: [{ width: 4, height: 3 }],
  sizeBytes: 10,
  sha256: "0".repeat(64),
  masks: [],
  crop: null,
  leavingPages: [],
  markedMayBeSeen: false,
  answers: [],
  clearedFor: [],
  traces: [],
  hidden: [],
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("saves once when the hand rests, with the latest value", async () => {
  const save = vi.fn(async () => []);
  const draft = new Draft(exhibit, save);
  draft.set({ level: "generic" });
  await vi.advanceTimersByTimeAsync(REST_MS - 1);
  draft.set({ level: "public" });
  await vi.advanceTimersByTimeAsync(REST_MS - 1);
  expect(save).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(save).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ level: "public" }));
  expect(draft.keeping).toBe("kept");
});

it("never sends more than an exhibit's own change", () => {
  const draft = new Draft(exhibit, async () => []);
  expect(Object.keys(draft.change).sort()).toEqual(
    [
      "answers",
      "caption",
      "clearedFor",
      "crop",
      "kind",
      "leavingPages",
      "level",
      "markedMayBeSeen",
      "masks",
      "title",
    ].sort(),
  );
});

it("saves a change that was made while another was being saved", async () => {
  const sent: string[] = [];
  let finish: () => void = () => undefined;
  const save = vi.fn((change: ExhibitChangeDto) => {
    sent.push(change.level);
    return new Promise<string[]>((done) => (finish = () => done([])));
  });
  const draft = new Draft(exhibit, save);
  draft.set({ level: "generic" });
  const all = draft.flush();
  draft.set({ level: "public" });
  finish();
  await vi.advanceTimersByTimeAsync(0);
  finish();
  expect(await all).toBe(true);
  expect(sent).toEqual(["generic", "public"]);
});

it("keeps a change that could not be saved, says so, and saves it on the next try", async () => {
  const save = vi.fn(async () => []);
  save.mockRejectedValueOnce({ code: "disk-full", args: {} });
  const draft = new Draft(exhibit, save);
  draft.set({ level: "public" });
  expect(await draft.flush()).toBe(false);
  expect([draft.keeping, draft.error?.code]).toEqual(["failed", "disk-full"]);
  expect(draft.change.level).toBe("public");
  expect(await draft.flush()).toBe(true);
  expect(draft.keeping).toBe("kept");
});

it("saves nothing when nothing was changed", async () => {
  const save = vi.fn(async () => []);
  expect(await new Draft(exhibit, save).flush()).toBe(true);
  expect(save).not.toHaveBeenCalled();
});

it("says from whom a save took the clearance back, until it is given anew", async () => {
  const save = vi.fn(async (): Promise<string[]> => []);
  const draft = new Draft({ ...exhibit, clearedFor: ["supplier"] }, save);
  draft.set({ masks: [] });
  await draft.flush();
  expect([draft.change.clearedFor, draft.withdrawn]).toEqual([[], ["supplier"]]);
  draft.set({ level: "generic" });
  expect(draft.withdrawn).toEqual(["supplier"]);
  draft.set({ clearedFor: ["supplier"] });
  expect(draft.withdrawn).toEqual([]);
});

it("lets a clearance stand that was given while an older change was being saved", async () => {
  let finish: () => void = () => undefined;
  const save = vi.fn(() => new Promise<string[]>((done) => (finish = () => done([]))));
  const draft = new Draft({ ...exhibit, clearedFor: ["supplier"] }, save);
  draft.set({ masks: [] });
  void draft.flush();
  draft.set({ clearedFor: ["supplier", "importer"] });
  finish();
  await vi.advanceTimersByTimeAsync(0);
  expect(draft.change.clearedFor).toEqual(["supplier", "importer"]);
});
