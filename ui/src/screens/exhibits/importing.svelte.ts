// How do files come in? One import at a time; files that are dropped meanwhile wait for their turn.
//
// Files are safe first; their pictures are decoded afterwards, while everything can be used, and also those that were
// left over from last time. Keeps the outcome until somebody dismisses it. Deliberately absent: paths in any text; only names are shown.
import { asFailure, call, type Failure, sentences } from "../../ipc";
import type { ImportedDto } from "../../ipc/generated/ImportedDto";
import type { RefusedDto } from "../../ipc/generated/RefusedDto";
import { Job } from "../../ipc/job.svelte";
import { toast } from "../../parts/toast.svelte";
import { t, tn } from "../../text";

/** What came of one or more imports in a row. */
export type Outcome = Pick<ImportedDto, "added" | "refused" | "cancelled">;

/** The imports of one dossier. */
export class Importing {
  /** The running work. */
  readonly job = new Job();
  /** What came of it, until dismissed. */
  outcome: Outcome | undefined = $state.raw();
  /** The decoding of new pictures. */
  readonly proving = new Job();
  /** Pictures that turned out to be broken and were taken out again, until dismissed. */
  broken: RefusedDto[] = $state.raw([]);
  /** Why the whole import failed. */
  failure: Failure | undefined = $state.raw();

  #dossier: string;
  /** The paths of the import that runs. */
  #taking: string[] = $state.raw([]);
  #waiting: string[] = [];
  #changed: () => void;
  #gone = false;

  constructor(dossier: string, onchanged: () => void) {
    this.#dossier = dossier;
    this.#changed = onchanged;
  }

  /** Name of the file that is being taken in, without its folder; blank before the first. */
  get name(): string {
    const path = this.#taking[(this.job.stages.file?.done ?? 0) - 1] ?? "";
    return path.split(/[\\/]/).at(-1) ?? "";
  }

  /** Lets the user choose files and takes them in. */
  async pick(): Promise<void> {
    try {
      await this.take(await call("pick_files"));
    } catch (thrown) {
      this.failure = asFailure(thrown);
    }
  }

  /** Says that nobody looks any more: what comes of a running import is then said in one sentence. */
  leave(): void {
    this.#gone = true;
    // What is left is decoded when somebody looks again, or when a picture is wanted.
    this.proving.stop();
  }

  /** Decodes the pictures that came in without being decoded. */
  async prove(): Promise<void> {
    if (this.proving.running || this.#gone) return;
    try {
      const { decoded, refused } = await this.proving.run((job) =>
        call("prove_exhibits", { dossier: this.#dossier, job }),
      );
      this.broken = [...this.broken, ...refused];
      if (decoded > 0) this.#changed();
    } catch (thrown) {
      // Nothing depends on it, and a locked vault says so itself.
      if (asFailure(thrown).code !== "vault-locked") this.failure = asFailure(thrown);
    }
  }

  /** Takes files in. */
  async take(paths: string[]): Promise<void> {
    this.#waiting.push(...paths);
    if (this.job.running || this.#waiting.length === 0) return;
    this.dismiss();
    while (this.#waiting.length > 0) {
      const turn = this.#waiting.splice(0);
      await this.#run(turn);
    }
    if (this.#gone) this.#say();
    void this.prove();
  }

  /** Forgets what came of the last import. */
  dismiss(): void {
    this.outcome = undefined;
    this.failure = undefined;
    this.broken = [];
  }

  #say(): void {
    if (this.failure) toast(sentences(this.failure).what);
    if (!this.outcome) return;
    const { added, refused } = this.outcome;
    toast(added.length > 0 ? tn("exhibits.added", added.length) : t("exhibits.added-none"));
    if (refused.length > 0) toast(tn("exhibits.refused-count", refused.length));
  }

  async #run(paths: string[]): Promise<void> {
    this.#taking = paths;
    try {
      const { added, refused, cancelled } = await this.job.run((job) =>
        call("import_exhibits", { dossier: this.#dossier, paths, job }),
      );
      const before = this.outcome ?? { added: [], refused: [], cancelled: false };
      this.outcome = {
        added: [...before.added, ...added],
        refused: [...before.refused, ...refused],
        cancelled,
      };
      // Who stops an import does not want the files that still wait either.
      if (cancelled) this.#waiting = [];
    } catch (thrown) {
      this.#waiting = [];
      this.failure = asFailure(thrown);
    }
    // Even an import that failed may have taken some files before.
    this.#changed();
  }
}
