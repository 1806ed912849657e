// Which exhibits does the vault have, as far as the window knows?
//
// Asking takes a while, and meanwhile things are saved: an answer that was overtaken is thrown away and asked for again.
// The list opens no file; of the exhibit that is open everything is asked for, and that alone.
import { asFailure, call } from "../../ipc";
import type { ExhibitChangeDto } from "../../ipc/generated/ExhibitChangeDto";
import type { ExhibitDto } from "../../ipc/generated/ExhibitDto";
import type { SectionDto } from "../../ipc/generated/SectionDto";
import { sameChange } from "./draft.svelte";

/** The exhibits of one dossier. */
export class Known {
  /** All of them; nothing before the first answer. */
  all: ExhibitDto[] | undefined = $state.raw();
  /** The checklist's sections, whose lines exhibits answer. */
  sections: SectionDto[] = $state.raw([]);
  /** Why the last question failed. */
  failure: unknown = $state.raw();
  /** Id of the one that is open. */
  opened: string | null = $state(null);
  /** How often the open one was changed by something other than its own draft, such as undo. */
  changedOutside = $state(0);

  #dossier: string;
  #settled: () => boolean;
  #asking = false;
  #overtaken = false;

  /** `settled` answers whether the open exhibit has nothing that the vault does not have. */
  constructor(dossier: string, settled: () => boolean) {
    this.#dossier = dossier;
    this.#settled = settled;
  }

  /** Where the open exhibit stands in the list; -1 when none is open. */
  get at(): number {
    return this.all?.findIndex(({ id }) => id === this.opened) ?? -1;
  }

  /** Opens one, or shows all. */
  open(exhibit: string | null): void {
    const back = this.opened !== null && exhibit === null;
    this.opened = exhibit;
    const unread = this.all?.some(({ id, traces }) => id === exhibit && traces === null) ?? false;
    if (back || unread) void this.load();
  }

  /** Asks again. */
  async load(): Promise<void> {
    this.#overtaken = true;
    if (this.#asking) return;
    this.#asking = true;
    while (this.#overtaken) {
      this.#overtaken = false;
      await this.#ask();
    }
    this.#asking = false;
  }

  /** Says that a save begins or has ended: what was asked before is old. */
  overtake(): void {
    if (this.#asking) this.#overtaken = true;
  }

  /** Takes over what was saved. */
  saved(exhibit: string, change: ExhibitChangeDto): void {
    this.overtake();
    this.all = this.all?.map((known) => (known.id === exhibit ? { ...known, ...change } : known));
  }

  async #ask(): Promise<void> {
    try {
      const [fresh, checklist] = await Promise.all([
        this.#fresh(),
        call("checklist", { dossier: this.#dossier }),
      ]);
      if (this.#overtaken) return;
      this.sections = checklist.sections;
      this.#take(fresh);
      this.failure = undefined;
    } catch (thrown) {
      this.failure = thrown;
    }
  }

  async #fresh(): Promise<ExhibitDto[]> {
    const { all, opened } = this;
    if (!all?.some(({ id }) => id === opened)) return call("exhibits", { dossier: this.#dossier });
    try {
      const one = await call("exhibit", { dossier: this.#dossier, exhibit: opened ?? "" });
      return all.map((known) => (known.id === one.id ? one : known));
    } catch (thrown) {
      // Undo may have taken it away.
      if (asFailure(thrown).code !== "no-such-exhibit") throw thrown;
      return call("exhibits", { dossier: this.#dossier });
    }
  }

  #take(fresh: ExhibitDto[]): void {
    const of = (all: ExhibitDto[] | undefined) => all?.find(({ id }) => id === this.opened);
    const [before, after] = [of(this.all), of(fresh)];
    // A draft with something of its own is not thrown away; it will be saved and stands then.
    if (before && after && !sameChange(before, after) && this.#settled()) this.changedOutside += 1;
    if (before && !after) this.opened = null;
    this.all = fresh;
  }
}
