// Which of the pages that look alike get the masks of one page? Each is confirmed or skipped, one after the other.
//
// A confirmed page has its masks at once, and the last answer can be taken back. Deliberately absent: the screen and
// Tauri; what puts masks on and takes them off is passed in.
import type { AlikePageDto } from "../../ipc/generated/AlikePageDto";

/** What a review does to the vault; both answer the revision of the dossier afterwards. */
export interface Hands {
  put: (page: AlikePageDto) => Promise<number>;
  /** Takes the last change back, if the dossier is still in that revision. */
  takeBack: (seen: number) => Promise<number>;
}

/** A walk through the pages that look alike. */
export class Review {
  /** True while the vault is at work. */
  busy = $state(false);
  /** Why the last answer could not be kept. */
  failure: unknown = $state.raw();
  /** What was answered of the pages before: true where the masks were put on. */
  answers: readonly boolean[] = $state.raw([]);

  readonly pages: readonly AlikePageDto[];
  #hands: Hands;
  #revision = 0;

  constructor(pages: readonly AlikePageDto[], hands: Hands) {
    this.pages = pages;
    this.#hands = hands;
  }

  /** Which page is asked about, from 0. */
  get at(): number {
    return this.answers.length;
  }

  /** The page that is asked about; nothing once all were. */
  get current(): AlikePageDto | undefined {
    return this.pages[this.at];
  }

  /** How many pages got the masks. */
  get confirmed(): number {
    return this.answers.filter(Boolean).length;
  }

  /** Puts the masks on the page that is shown. */
  async confirm(): Promise<void> {
    const { current } = this;
    if (!current) return;
    await this.#do(async () => {
      this.#revision = await this.#hands.put(current);
      this.answers = [...this.answers, true];
    });
  }

  /** Leaves the page that is shown as it is. */
  skip(): void {
    if (this.current && !this.busy) this.answers = [...this.answers, false];
  }

  /** Takes the last answer back. */
  async back(): Promise<void> {
    if (this.at === 0) return;
    await this.#do(async () => {
      if (this.answers.at(-1)) this.#revision = await this.#hands.takeBack(this.#revision);
      this.answers = this.answers.slice(0, -1);
    });
  }

  async #do(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = undefined;
    try {
      await work();
    } catch (thrown) {
      this.failure = thrown;
    }
    this.busy = false;
  }
}
