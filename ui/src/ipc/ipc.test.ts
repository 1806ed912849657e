import { describe, expect, it, vi } from "vitest";

import { fakeIpc, refusal } from "../testing/fakeIpc";
import { call, listen, onLocked, sentences, asFailure, Failure } from ".";
import { Job } from "./job.svelte";
import { keep, settle } from "./pending";
import { previewPage, thumbnail } from "./picture";

function refusing(code: string, args?: Record<string, string>) {
  return fakeIpc({
    list_dossiers: () => {
      throw refusal(code, args);
    },
  });
}

describe("a command", () => {
  it("that is refused throws its code and arguments", async () => {
    refusing("io", { message: "no space" });
    await expect(call("list_dossiers")).rejects.toMatchObject({ code: "io", args: { message: "no space" } });
  });

  it("that finds the vault locked tells whoever listens, and still throws", async () => {
    refusing("vault-locked");
    const locked = vi.fn();
    onLocked(locked);
    await expect(call("list_dossiers")).rejects.toBeInstanceOf(Failure);
    expect(locked).toHaveBeenCalledOnce();
    onLocked(() => {});
  });

  it("is given its arguments by name", async () => {
    const fake = fakeIpc();
    await call("answer", { dossier: "d", requirement: "r", kind: "declared", text: "done" });
    expect(fake.given("answer")).toEqual([{ dossier: "d", requirement: "r", kind: "declared", text: "done" }]);
  });
});

describe("a failure", () => {
  it("has the two sentences of its code", () => {
    const said = sentences(asFailure(refusal("io", { message: "Read-only." })));
    expect(said.what).toBe("The disk refused. Read-only.");
    expect(said.fix).toMatch(/^Check that the medium/);
    expect(said.code).toBe("io");
  });

  it("without sentences of its own, or of another shape, still says something and keeps its code", () => {
    expect(sentences(asFailure(refusal("brand-new"))).code).toBe("brand-new");
    expect(sentences(asFailure(refusal("brand-new"))).what).toMatch(/^Something unexpected/);
    expect(sentences(asFailure("invalid args")).what).toContain("Invalid args.");
  });
});

describe("an event", () => {
  it("is heard until one stops listening", async () => {
    const fake = fakeIpc();
    const heard: string[][] = [];
    const stop = listen("files-dropped", (paths) => heard.push(paths));
    await vi.waitFor(async () => {
      await fake.tell("files-dropped", ["/a"]);
      expect(heard.length).toBeGreaterThan(0);
    });
    const before = heard.length;
    stop();
    await fake.tell("files-dropped", ["/b"]);
    expect(heard).toHaveLength(before);
  });
});

describe("a job", () => {
  it("begins only once its first step can be heard", async () => {
    const fake = fakeIpc();
    const bridge = (window as unknown as { __TAURI_INTERNALS__: { invoke: (...given: unknown[]) => Promise<unknown> } })
      .__TAURI_INTERNALS__;
    const { invoke } = bridge;
    bridge.invoke = async (...given) => {
      if (given[0] === "plugin:event|listen") await new Promise((go) => setTimeout(go, 20));
      return invoke(...given);
    };
    const job = new Job();
    const first = await job.run(async (name) => {
      await fake.tell("progress", { job: name, done: 1, total: 1, stage: "file" });
      return job.stages.file;
    });
    expect(first).toMatchObject({ done: 1 });
  });

  it("hears its own steps alone, and asks to be stopped once", async () => {
    const fake = fakeIpc();
    const job = new Job();
    let finish = () => {};
    let name = "";
    const running = job.run(async (given) => {
      name = given;
      await new Promise<void>((resolve) => (finish = resolve));
    });
    await vi.waitFor(() => expect(name).not.toBe(""));
    await fake.tell("progress", { job: "another", done: 9, total: 9, stage: "import" });
    expect(job.progress).toBeNull();
    await fake.tell("progress", { job: name, done: 1, total: 4, stage: "import" });
    expect(job.progress).toMatchObject({ done: 1, total: 4 });
    job.stop();
    job.stop();
    expect(fake.given("cancel")).toEqual([{ job: name }]);
    finish();
    await running;
    expect(job.running).toBe(false);
    expect(job.progress).toBeNull();
  });

  it("that fails is over, and throws on", async () => {
    fakeIpc();
    const job = new Job();
    await expect(job.run(() => Promise.reject(new Failure("cancelled")))).rejects.toMatchObject({ code: "cancelled" });
    expect(job.running).toBe(false);
  });
});

describe("what is typed and not saved", () => {
  it("is saved by whoever settles; one that is not taken says so", async () => {
    const save = vi.fn(() => Promise.resolve(true));
    const forget = keep(save);
    const refuse = keep(() => Promise.resolve(false));
    expect(await settle()).toBe(false);
    refuse();
    expect(await settle()).toBe(true);
    forget();
    expect(await settle()).toBe(true);
    expect(save).toHaveBeenCalledTimes(2);
  });
});

describe("a picture", () => {
  it("has an address of the program's own scheme that is new when the picture is", () => {
    expect(thumbnail("d", "e", 3)).toBe("lanthan://localhost/thumb/d/e?v=3");
    expect(previewPage(2, "b")).toBe("lanthan://localhost/preview/2?v=b");
  });
});
