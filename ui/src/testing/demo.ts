// How do long work and rarer states look in a browser? Wishes in the address choose them: `weak`, `clear`,
// `refused`, `damaged`, `neglected`, `look` and `elsewhere`. Deliberately absent from tests: they say themselves what they need.
import { emit } from "@tauri-apps/api/event";

import type { ExhibitDto } from "../ipc/generated/ExhibitDto";
import type { PlanDto } from "../ipc/generated/PlanDto";
import { type Answers, refusal } from "./fakeIpc";
import { exhibits, plan, preview, released } from "./sample/exhibits";
import { backup, care, checked, damaged, holder } from "./sample/vault";

const STEP_MS = 250;

/** Answers that take their time, remember removals and can be stopped. */
export function demo(wish: URLSearchParams): Partial<Answers> {
  let shown: ExhibitDto[] = wish.has("bare") ? [] : structuredClone(exhibits);
  let before: ExhibitDto[] | undefined;
  const stopped = new Set<string>();

  async function work(job: string, stages: [stage: string, total: number][]): Promise<boolean> {
    for (const [stage, total] of stages) {
      for (let done = 0; done < total; done += 1) {
        await emit("progress", { job, stage, done, total });
        await new Promise((resolve) => setTimeout(resolve, STEP_MS));
        if (stopped.delete(job)) return false;
      }
    }
    return true;
  }

  const planned = (): PlanDto => {
    if (wish.has("clear")) return { ...plan, findings: [] };
    return wish.has("weak") ? { ...plan, findings: plan.findings.filter(({ severity }) => severity !== "blocks") } : plan;
  };

  return {
    exhibits: () => shown,
    exhibit: ({ exhibit }) => {
      const known = shown.find(({ id }) => id === exhibit);
      if (!known) throw refusal("no-such-exhibit");
      return known;
    },
    save_exhibit: ({ exhibit, change }) => {
      before = shown;
      shown = shown.map((known) => (known.id === exhibit ? { ...known, ...change } : known));
      return change.clearedFor;
    },
    remove_exhibit: ({ exhibit }) => {
      before = shown;
      shown = shown.filter(({ id }) => id !== exhibit);
      return 9;
    },
    undo: () => {
      if (!before) return false;
      shown = before;
      before = undefined;
      return true;
    },
    cancel: ({ job }) => {
      stopped.add(job);
      return null;
    },
    import_exhibits: async ({ paths, job }) => {
      const whole = await work(job, [["import", paths.length]]);
      const taken = wish.has("refused") ? [] : paths;
      before = shown;
      const fresh = taken.map((path, at) => imported(path, `new-${shown.length + at}`));
      shown = [...shown, ...fresh];
      const refused = wish.has("refused")
        ? [
            { name: "contract signed.pdf", code: "encrypted", args: { message: "" } },
            { name: "drawing.dwg", code: "unsupported", args: { what: "a file of an unknown kind" } },
          ]
        : [];
      return { added: fresh.map(({ id }) => id), refused, cancelled: !whole, revision: 8 };
    },
    vault_care: () => ({
      ...care,
      ...(wish.has("planned")
        ? {
            plan: { folder: "/media/usb", everyDays: 1, keep: 5 },
            failure: { code: "backup-folder-missing", args: { message: "" } },
          }
        : {}),
      readOnly: wish.has("look"),
      elsewhere: wish.has("look") || wish.has("elsewhere") ? { held: wish.has("look"), holder } : null,
      ...(wish.has("neglected")
        ? { lastBackup: "2026-10-02T16:20:00", isOld: true, strays: [{ path: "vault (conflicted copy).db", conflict: true }] }
        : {}),
    }),
    check_vault: async ({ job }) => {
      if (!(await work(job, [["check", 8]]))) throw refusal("cancelled");
      return wish.has("damaged") ? damaged : checked;
    },
    back_up_now: async ({ job }) => {
      if (!(await work(job, [["backup", 8]]))) throw refusal("cancelled");
      return backup;
    },
    restore_backup: async ({ job, folder }) => {
      if (!(await work(job, [["restore", 8]]))) throw refusal("cancelled");
      return { ...backup, folder };
    },
    backup_vault: async ({ job }) => {
      if (!(await work(job, [["backup", 8]]))) throw refusal("cancelled");
      return backup;
    },
    rehearse_backup: async ({ job }) => {
      if (!(await work(job, [["rehearse", 8]]))) throw refusal("cancelled");
      return { dossiers: 3, objects: 14, works: true, isCurrent: !wish.has("neglected"), isAsMade: true, checked };
    },
    plan: planned,
    preview: async ({ job }) => {
      const whole = await work(job, [["prepare", 2], ["typeset", 1], ["bind", 2], ["check", 1]]);
      if (!whole) throw refusal("cancelled");
      return preview;
    },
    release: async ({ job, folder }) => {
      if (planned().findings.some(({ severity }) => severity === "blocks")) throw refusal("blocked");
      const whole = await work(job, [["prepare", 2], ["typeset", 1], ["bind", 2], ["check", 1], ["write", 4]]);
      if (!whole) throw refusal("cancelled");
      return { ...released, folder };
    },
  };
}

function imported(path: string, id: string): ExhibitDto {
  return {
    id,
    name: path.replace(/^.*[\\/]/, ""),
    title: { en: "", zh: "" },
    caption: { en: "", zh: "" },
    kind: "photo",
    level: "secret",
    keptInside: null,
    format: "JPEG",
    pages: [{ width: 1131, height: 1600 }],
    sizeBytes: 2_100_000,
    sha256: "a1".repeat(32),
    masks: [],
    crop: null,
    leavingPages: [],
    markedMayBeSeen: false,
    answers: [],
    clearedFor: [],
    traces: [{ kind: "gps", text: "Place where it was taken: 43.74, 11.35", place: "" }],
    hidden: [],
  };
}
