// How far is a list on its way into the dossier? Looked at, settled line by line, then taken at once.
//
// Deliberately absent: any judgement; which point a line is nearest to, and what is wrong with it, Rust says.
import { asFailure, call, type Failure } from "../../ipc";
import type { AskedLineDto } from "../../ipc/generated/AskedLineDto";
import type { QuestionnaireDto } from "../../ipc/generated/QuestionnaireDto";

/** A line with what the user settled of it. */
export interface Settled extends AskedLineDto {
  /** It is to be taken. */
  taken: boolean;
}

/** One list. */
export class Asking {
  /** What was pasted or typed. */
  text = $state("");
  /** The file that was chosen instead. */
  path: string | null = $state(null);
  /** What was found in it; null before anybody looked. */
  seen: QuestionnaireDto | null = $state.raw(null);
  lines: Settled[] = $state([]);
  by = $state("");
  day = $state("");
  busy = $state(false);
  failure: Failure | null = $state.raw(null);

  #dossier: string;

  constructor(dossier: string) {
    this.#dossier = dossier;
  }

  /** Name of the file without its folder. */
  get name(): string {
    return this.path?.split(/[\\/]/).at(-1) ?? "";
  }

  /** How many lines are to be taken. */
  get count(): number {
    return this.lines.filter(({ taken }) => taken).length;
  }

  /** True when the lines can be settled now. */
  get isReadable(): boolean {
    return this.seen !== null && this.seen.faults.length === 0;
  }

  /** True when the day is written as it must be. */
  get hasDay(): boolean {
    return /^\d{4}-\d{2}-\d{2}$/.test(this.day.trim());
  }

  /** Looks at what was pasted, or at a file. */
  async look(path: string | null = null, encoding: string | null = null): Promise<void> {
    await this.#attempt(async () => {
      this.path = path;
      const seen = await call("look_at_questionnaire", {
        dossier: this.#dossier,
        text: path === null ? this.text : "",
        path,
        encoding,
      });
      this.seen = seen;
      this.lines = seen.lines.map((line) => ({ ...line, taken: !line.known }));
      this.by ||= seen.by;
      this.day ||= seen.day;
    });
  }

  /** Lets the user choose a file and looks at it. */
  async pick(): Promise<void> {
    await this.#attempt(async () => {
      const path = await call("pick_list");
      this.busy = false;
      if (path !== null) await this.look(path);
    });
  }

  /** Back to what was pasted. */
  back(): void {
    this.seen = null;
    this.lines = [];
    this.path = null;
    this.failure = null;
  }

  /** Takes the chosen lines; answers how many, or null when they were refused. */
  async take(): Promise<number | null> {
    let count: number | null = null;
    await this.#attempt(async () => {
      const lines = this.lines.filter(({ taken }) => taken).map(({ text, like }) => ({ text, like }));
      const { by, day } = this;
      count = await call("take_questionnaire", { dossier: this.#dossier, by, askedOn: day.trim(), lines });
    });
    return count;
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = null;
    try {
      await work();
    } catch (thrown) {
      this.failure = asFailure(thrown);
    }
    this.busy = false;
  }
}
