// How do the pages run without Rust? For tests and for a browser: every command has a realistic answer, kept
// in memory. Deliberately absent from the window: nothing of src/testing is reached from src/main.ts.
import { emit } from "@tauri-apps/api/event";
import { mockIPC } from "@tauri-apps/api/mocks";

import type { Commands, Events } from "../ipc/commands";
import * as dossiers from "./sample/dossier";
import * as vault from "./sample/vault";
import { askedBySupplier } from "./sample/questionnaire";
import { checklist } from "./sample/checklist";
import * as papers from "./sample/consistency";
import { clock } from "./sample/clock";
import * as scoped from "./sample/scope";
import { exhibits, plan, preview, released } from "./sample/exhibits";
import { rulesOfVault } from "./sample/packs";
import { sampleFields } from "./sample/fields";
import { sampleStatements } from "./sample/statements";

const sample = { ...dossiers, ...vault };

/** Answers to commands; each may be changed by a test, and may throw `{ code, args }`. */
export type Answers = {
  [Name in keyof Commands]: (given: Commands[Name][0]) => Commands[Name][1] | Promise<Commands[Name][1]>;
};

/** A fake that is in place: what was asked, and a way to send events. */
export interface Fake {
  /** Every command in the order asked. */
  asked: { name: keyof Commands; given: Record<string, unknown> }[];
  /** What was given to a command, each time it was asked. */
  given<Name extends keyof Commands>(name: Name): Commands[Name][0][];
  /** Sends an event as Rust would. */
  tell<Name extends keyof Events>(name: Name, payload: Events[Name]): Promise<void>;
}

/** A refusal as Rust sends it. */
export function refusal(code: string, args: Record<string, string> = {}): { code: string; args: Record<string, string> } {
  return { code, args };
}

/** Puts the fake in place; `changed` replaces single answers. */
export function fakeIpc(changed: Partial<Answers> = {}): Fake {
  const answers: Answers = { ...usual(), ...changed };
  const asked: Fake["asked"] = [];
  mockIPC(
    (name, given) => {
      const command = name as keyof Commands;
      const payload = (given ?? {}) as Record<string, unknown>;
      asked.push({ name: command, given: copied(payload) });
      const answer = answers[command] as ((given: never) => unknown) | undefined;
      if (!answer) throw new Error(`no answer to ${name}`);
      // As over the real bridge: what is answered is a copy.
      return Promise.resolve(answer(payload as never)).then(copied);
    },
    { shouldMockEvents: true },
  );
  return {
    asked,
    given: (name) => asked.filter((one) => one.name === name).map((one) => one.given) as never,
    tell: (name, payload) => emit(name, payload),
  };
}

/** What comes out of the bridge on the other side: JSON, and nothing shared. */
function copied<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}

/** What Rust would find, without its index: the parties that have the words in their names. */
function foundIn({ id, title, parties }: typeof sample.dossier, words: string): Commands["search"][1] {
  return parties
    .filter(({ name }) => name.toLowerCase().includes(words.toLowerCase()))
    .map((party) => ({
      dossier: id,
      dossierTitle: title,
      kind: "party",
      id: party.id,
      title: [{ text: party.name, found: true }],
      snippet: [{ text: party.nameZh, found: false }],
    }));
}

function usual(): Answers {
  const fields = sampleFields();
  const dossier = structuredClone(sample.dossier);
  let rows = structuredClone(sample.rows);
  let shown = structuredClone(exhibits);
  const list = structuredClone(checklist);
  const found = structuredClone(papers.consistency);
  const questions = structuredClone(papers.ownSide);
  const time = structuredClone(clock);
  const line = (id: string) => list.sections.flatMap(({ lines }) => lines).find((one) => one.id === id);
  return {
    start: () => sample.start,
    pick_folder: () => "/home/purchasing/Documents",
    pick_files: () => ["/home/purchasing/Pictures/new.jpg"],
    create_vault: () => sample.recoveryKey,
    open_vault: ({ folder, passphrase }) => {
      if (passphrase === "wrong") throw refusal("wrong-passphrase");
      return { name: "Evidence", folder };
    },
    open_with_recovery_key: ({ folder, recoveryKey }) => {
      if (recoveryKey !== sample.recoveryKey) {
        throw refusal("recovery-key", { message: "this recovery key belongs to another vault" });
      }
      return { name: "Evidence", folder };
    },
    passphrase_strength: ({ passphrase }) => {
      const words = new Set(passphrase.toLowerCase().split(/[^\p{L}\d]+/u)).size;
      const score = Math.min(4, words - 1, Math.floor([...passphrase].length / 6));
      return { score, accepted: score >= 2 && [...passphrase].length >= 12 };
    },
    lock_vault: () => null,
    vault_care: () => sample.care,
    check_vault: () => sample.checked,
    backups: () => sample.backupRows,
    set_backup_plan: () => null,
    back_up_now: () => sample.backup,
    restore_backup: ({ folder, passphrase }) => {
      if (passphrase === "wrong") throw refusal("wrong-passphrase");
      return { ...sample.backup, folder };
    },
    forget_backup: () => null,
    backup_vault: ({ folder }) => ({ ...sample.backup, folder: `${folder}/Evidence.lanthan` }),
    rehearse_backup: ({ passphrase }) => {
      if (passphrase === "wrong") throw refusal("wrong-passphrase");
      return { dossiers: 3, objects: 14, works: true, isCurrent: true, isAsMade: true, checked: sample.checked };
    },
    change_passphrase: ({ current }) => {
      if (current === "wrong") throw refusal("wrong-passphrase");
      return null;
    },
    replace_recovery_key: ({ current }) => {
      if (current === "wrong") throw refusal("wrong-passphrase");
      return sample.recoveryKey;
    },
    draw_recovery_key: ({ current }) => {
      if (current === "wrong") throw refusal("wrong-passphrase");
      return sample.recoveryKey;
    },
    rekey_vault: () => null,
    backup_keys: () => sample.backupKeys,
    strays: () => sample.care.strays,
    touch: () => null,
    list_dossiers: () => rows,
    create_dossier: ({ title }) => {
      rows = [{ id: "new", title, changed: "2026-11-25", ready: 0, open: 12, total: 12 }, ...rows];
      return "new";
    },
    rename_dossier: ({ dossier: id, title }) => {
      rows = rows.map((row) => (row.id === id ? { ...row, title } : row));
      return null;
    },
    delete_dossier: ({ dossier: id }) => {
      rows = rows.filter((row) => row.id !== id);
      return null;
    },
    export_dossier: ({ folder }) => ({ folder, exhibits: exhibits.length }),
    load_sample: () => "ring-magnets",
    search: ({ words }) => foundIn(dossier, words),
    dossier: ({ dossier: id }) => ({ ...dossier, id, title: rows.find((row) => row.id === id)?.title ?? dossier.title }),
    undo: () => true,
    cancel: () => null,
    set_parties: ({ parties }) => {
      dossier.parties = parties.map(({ id, name, nameLocal, nameZh, roles, alias }) => {
        const labels = roles.map((role) => role.charAt(0).toUpperCase() + role.slice(1).replace("-", " "));
        return { id: id || (roles[0] ?? "party"), name, nameLocal, nameZh, roles, roleLabels: labels, alias };
      });
      return null;
    },
    set_protected_terms: ({ terms }) => {
      dossier.protectedTerms = terms;
      return null;
    },
    screening: () => papers.screening,
    consistency: () => found,
    accept_fault: ({ fault, reason }) => {
      const known = found.faults.find(({ id }) => id === fault);
      if (!known) throw refusal("not-in-pack");
      known.accepted = reason === "" ? null : { given: "2026-11-25", reason };
      return null;
    },
    own_side: () => questions,
    answer_own_side: ({ question, yes, reason }) => {
      const known = questions.find(({ id }) => id === question);
      if (!known) throw refusal("not-in-pack");
      known.answer = yes === null ? null : { yes, reason, given: "2026-11-25" };
      return null;
    },
    judge_wording: ({ en, zh }) => papers.judged(en, zh),
    glossary: ({ asked }) =>
      papers.terms.filter(({ en, zh, pinyin }) => [en, zh, pinyin].some((text) => text.includes(asked))),
    scope: () => scoped.scope,
    adopt_scope: () => null,
    goods: ({ asked }) => scoped.goods.filter(({ code, name }) => [code, name.en, name.zh].some((text) => text.includes(asked))),
    print_scope: ({ folder }) => ({ folder, name: "scope.pdf", pages: 1, ledgerNumber: 3 }),
    checklist: () => list,
    answer: ({ requirement, kind, text }) => {
      const known = line(requirement);
      if (known) {
        known.answer = kind === "none" ? null : { kind, text, given: "2026-11-25" };
        known.state = kind === "declared" ? "ready" : kind === "missing-because" ? kind : "missing";
      }
      return null;
    },
    request: ({ requirement, quote, day }) => {
      const known = line(requirement);
      if (known) known.request = quote === "" ? null : { day, quote };
      return null;
    },
    ...askedBySupplier(list),
    ...rulesOfVault(),
    form: ({ keys }) => keys.flatMap((key) => fields.get(key) ?? []),
    save_fields: ({ entries }) => {
      const problems = entries.flatMap(({ key, en }) =>
        fields.get(key)?.kind === "date" && en !== "" && !/^\d{4}-\d{2}-\d{2}$/.test(en)
          ? [{ key, what: "date", most: 8000 }]
          : [],
      );
      for (const { key, en, zh } of entries) {
        const field = fields.get(key);
        if (field && !problems.some((problem) => problem.key === key)) field.value = { en, zh };
      }
      dossier.revision += 1;
      return { revision: dossier.revision, problems };
    },
    statements: () => sampleStatements(fields),
    exhibits: () => shown,
    exhibit: ({ exhibit }) => {
      const known = shown.find(({ id }) => id === exhibit);
      if (!known) throw refusal("no-such-exhibit");
      return known;
    },
    import_exhibits: ({ paths }) => ({ added: paths.map((_, at) => `new-${at}`), refused: [], cancelled: false, revision: 8 }),
    prove_exhibits: () => ({ decoded: 0, refused: [] }),
    save_exhibit: ({ exhibit, change }) => {
      shown = shown.map((known) => (known.id === exhibit ? { ...known, ...change } : known));
      return change.clearedFor;
    },
    find_text: ({ text, reason }) =>
      text.trim().toLowerCase() === "nobody" ? [] : [1, 2].map((page) => ({ page, x: 1000, y: 2000 * page, w: 1500, h: 300, reason })),
    mask_hidden: () => 2,
    alike_pages: ({ exhibit, page }) => {
      const masks = shown.find(({ id }) => id === exhibit)?.masks.filter((mask) => mask.page === page) ?? [];
      return [{ exhibit, page: 2, masks: masks.map((mask) => ({ ...mask, page: 2 })) }];
    },
    mask_like: ({ exhibit, page, target, targetPage }) => {
      const masks = shown.find(({ id }) => id === exhibit)?.masks.filter((mask) => mask.page === page) ?? [];
      const moved = masks.map((mask) => ({ ...mask, page: targetPage }));
      shown = shown.map((known) => (known.id === target ? { ...known, masks: [...known.masks, ...moved] } : known));
      return 10;
    },
    leaving: () => ({ sizeBytes: 120_000, traces: [], hidden: 0, words: 3 }),
    revisions: () => [{ number: 1, pages: 2, gone: [{ page: 1, words: "Price 12.50" }] }],
    name_place: ({ name }) => [{ kind: "gps", text: `GPS of ${name} (6 m)`, place: name }],
    forget_place: () => [{ kind: "gps", text: "Place where it was taken: 43.74° N, 11.35° E (6 m)", place: "" }],
    look_alikes: ({ exhibit }) => (exhibit === shown[0]?.id && shown[1] ? [shown[1].id] : []),
    remove_exhibit: ({ exhibit }) => {
      shown = shown.filter(({ id }) => id !== exhibit);
      return 9;
    },
    plan: () => plan,
    preview: () => preview,
    release: () => released,
    close_window: () => null,
    ledger: () => sample.ledger,
    deadlines: () => time,
    set_stops: ({ stops }) => {
      time.stops = stops;
      return null;
    },
  };
}
