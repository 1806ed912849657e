// How is what is typed into a form kept, saved by itself, and never lost? A form knows its fields, what was
// typed since, and what Rust did not take. Entries that were not taken outlive the screen until they are mended
// or the vault is locked. Deliberately absent: any check of an entry; Rust checks.
import { call } from "../ipc";
import type { BilingualDto } from "../ipc/generated/BilingualDto";
import type { FieldDto } from "../ipc/generated/FieldDto";
import { t } from "../text";
import { forgetWords } from "./drafts";

/** How it stands with what was typed. */
export type Standing = "saved" | "typing" | "saving" | "refused" | "failed";

interface Draft {
  entry: BilingualDto;
  problem: string | null;
}

/** How long after the last key an entry is saved, in milliseconds. */
export const PAUSE_MS = 700;

/** Entries that Rust has not taken, by dossier and key. */
const drafts = new Map<string, Draft>();

/** Forgets what was not taken or not handed over, when the vault is locked. */
export function forgetDrafts(): void {
  forgetWords();
  drafts.clear();
}

/** The fields of a form while it is shown. */
export class Form {
  /** The fields as Rust gave them. */
  fields: FieldDto[] = $state([]);
  /** What is in the fields now, by key. */
  entries: Record<string, BilingualDto> = $state({});
  /** What is wrong with an entry, by key. */
  problems: Record<string, string> = $state({});
  /** How it stands. */
  standing: Standing = $state("saved");
  /** What was thrown when nothing could be saved, or read. */
  failure: unknown = $state(null);

  private readonly typed = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saving: Promise<boolean> = Promise.resolve(true);

  constructor(
    private readonly dossier: string,
    private readonly onsaved: () => void,
  ) {}

  /** Reads the fields under some keys. */
  async load(keys: string[]): Promise<void> {
    try {
      const fields = await call("form", { dossier: this.dossier, keys });
      for (const { key, value } of fields) {
        const draft = drafts.get(this.name(key));
        this.entries[key] = draft?.entry ?? value;
        if (draft?.problem) this.problems[key] = draft.problem;
        if (draft?.problem) this.standing = "refused";
        else if (draft) this.type(key, draft.entry);
      }
      this.fields = fields;
      this.failure = null;
    } catch (thrown) {
      this.failure = thrown;
    }
  }

  /** Takes what was typed, and saves it after a pause. */
  type(key: string, entry: BilingualDto): void {
    this.entries[key] = entry;
    this.typed.add(key);
    drafts.set(this.name(key), { entry, problem: null });
    delete this.problems[key];
    this.standing = "typing";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), PAUSE_MS);
  }

  /** Saves what was typed. False when something was not taken; it stays in its field. */
  save(): Promise<boolean> {
    clearTimeout(this.timer);
    this.saving = this.saving.then(() => this.saveTyped());
    return this.saving;
  }

  private async saveTyped(): Promise<boolean> {
    const keys = [...this.typed];
    if (keys.length === 0) return this.stands("saved");
    this.typed.clear();
    this.standing = "saving";
    const sent = new Map(keys.map((key) => [key, this.entries[key] ?? { en: "", zh: "" }]));
    try {
      const entries = [...sent].map(([key, { en, zh }]) => ({ key, en, zh }));
      const { problems } = await call("save_fields", { dossier: this.dossier, entries });
      this.failure = null;
      this.note(sent, new Map(problems.map(({ key, what, most }) => [key, t(`shared.entry-${what}`, { most })])));
      this.onsaved();
    } catch (thrown) {
      this.failure = thrown;
      for (const key of keys) this.typed.add(key);
      this.standing = "failed";
      return false;
    }
    return this.stands("saved");
  }

  private stands(standing: Standing): boolean {
    return this.standing === standing;
  }

  private note(sent: Map<string, BilingualDto>, problems: Map<string, string>): void {
    for (const [key, entry] of sent) {
      if (this.typed.has(key)) continue;
      const problem = problems.get(key);
      if (problem === undefined) {
        drafts.delete(this.name(key));
      } else {
        drafts.set(this.name(key), { entry, problem });
        this.problems[key] = problem;
      }
    }
    if (this.typed.size > 0) this.standing = "typing";
    else this.standing = Object.keys(this.problems).length > 0 ? "refused" : "saved";
  }

  private name(key: string): string {
    return `${this.dossier}/${key}`;
  }
}
