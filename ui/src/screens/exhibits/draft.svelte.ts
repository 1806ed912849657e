// What was changed of an exhibit, and does the vault have it yet?
//
// Every change is saved a moment after the hand rests, one save after the other, the latest value
// last. A save that fails keeps the change and says so. A save answers for whom the exhibit is cleared
// then: a change that shows more takes the clearance back. Deliberately absent: Tauri; saving is a
// function that is passed in.
import type { ExhibitChangeDto } from "../../ipc/generated/ExhibitChangeDto";
import type { ExhibitDto } from "../../ipc/generated/ExhibitDto";
import { asFailure, type Failure } from "../../ipc";

/** How long the hand rests before a change is saved, in milliseconds. */
export const REST_MS = 700;

/** Whether the vault has the latest change. */
export type Keeping = "kept" | "waiting" | "saving" | "failed";

/** What may be changed of an exhibit, as it stands. */
export function changeOf(exhibit: ExhibitDto): ExhibitChangeDto {
  const { title, caption, kind, level, masks, crop, leavingPages, markedMayBeSeen, answers, clearedFor } = exhibit;
  return { title, caption, kind, level, masks, crop, leavingPages, markedMayBeSeen, answers, clearedFor };
}

/** True when two exhibits do not differ in what may be changed. */
export function sameChange(one: ExhibitDto, other: ExhibitDto): boolean {
  return JSON.stringify(changeOf(one)) === JSON.stringify(changeOf(other));
}

/** An exhibit being changed. */
export class Draft {
  /** As it stands on the screen. */
  change: ExhibitChangeDto = $state.raw() as ExhibitChangeDto;
  /** Whether the vault has it. */
  keeping: Keeping = $state("kept");
  /** Why the last save failed. */
  error: Failure | undefined = $state.raw();
  /** True once something was saved that can be taken back. */
  saved = $state(false);
  /** Ids of the parties from whom the last saves took the clearance back; until it is given anew. */
  withdrawn: readonly string[] = $state.raw([]);

  #save: (change: ExhibitChangeDto) => Promise<readonly string[]>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<boolean> | undefined;
  #dirty = false;

  constructor(exhibit: ExhibitDto, save: (change: ExhibitChangeDto) => Promise<readonly string[]>) {
    this.change = changeOf(exhibit);
    this.#save = save;
  }

  /** Changes a part; it is saved when the hand rests. */
  set(part: Partial<ExhibitChangeDto>): void {
    this.change = { ...this.change, ...part };
    if (part.clearedFor) this.withdrawn = [];
    this.#dirty = true;
    this.keeping = "waiting";
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), REST_MS);
  }

  /** Saves now what is not saved; answers whether the vault has everything. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    while (this.#dirty || this.#running) {
      this.#running ??= this.#once();
      if (!(await this.#running)) return false;
    }
    return true;
  }

  async #once(): Promise<boolean> {
    this.#dirty = false;
    this.keeping = "saving";
    try {
      const { clearedFor } = this.change;
      this.#take(clearedFor, await this.#save(this.change));
      this.saved = true;
      this.error = undefined;
      // A change made while this one was being saved waits for its own turn.
      this.keeping = this.#dirty ? "waiting" : "kept";
      return true;
    } catch (error) {
      this.#dirty = true;
      this.error = asFailure(error);
      this.keeping = "failed";
      return false;
    } finally {
      this.#running = undefined;
    }
  }

  /** Takes over whom it is cleared for, unless that was changed meanwhile. */
  #take(sent: string[], kept: readonly string[]): void {
    const gone = sent.filter((party) => !kept.includes(party));
    if (gone.length === 0 || this.change.clearedFor !== sent) return;
    this.change = { ...this.change, clearedFor: sent.filter((party) => kept.includes(party)) };
    this.withdrawn = gone;
  }
}
