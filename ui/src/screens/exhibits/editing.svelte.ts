// Which masks and which crop does an exhibit have while somebody works on them?
//
// One list for all pages and one crop, with one past and future; every change is told to `onchange`, that of the crop
// to `oncrop`. Deliberately absent: the screen, and saving.
import type { AreaDto } from "../../ipc/generated/AreaDto";
import type { MaskDto } from "../../ipc/generated/MaskDto";
import { type Area, inTheMiddle, isValid, lies } from "./area";
import { back, begin, forward, type History, step } from "./history";
import { type Reason, REASONS } from "./reasons";

/** A mask with its place in the list and its number on its page, from 1. */
export interface Numbered {
  mask: MaskDto;
  index: number;
  number: number;
}

/** What is taken away from an exhibit before it leaves. */
interface Recipe {
  readonly masks: readonly MaskDto[];
  readonly crop: AreaDto | null;
}

/** The masks and the crop of one exhibit while they are worked on. */
export class Editing {
  /** The page that is looked at, from 1. */
  page = $state(1);
  /** Place of the chosen mask in the list. */
  chosen: number | undefined = $state();
  /** What the next new mask is for: the last reason that was given. */
  reason: Reason = $state(REASONS[0] ?? "customer");

  /** True while the frame of the crop is worked on, and not the masks. */
  cutting = $state(false);

  #history: History<Recipe> = $state.raw(begin({ masks: [], crop: null }));
  #nudged: number | "crop" | undefined;
  #tell: (masks: MaskDto[]) => void;
  #tellCrop: (crop: AreaDto | null) => void;

  constructor(
    masks: readonly MaskDto[],
    onchange: (masks: MaskDto[]) => void,
    crop: AreaDto | null = null,
    oncrop: (crop: AreaDto | null) => void = () => undefined,
  ) {
    this.#history = begin({ masks, crop });
    this.#tell = onchange;
    this.#tellCrop = oncrop;
  }

  /** Every mask, on every page. */
  get masks(): readonly MaskDto[] {
    return this.#history.now.masks;
  }

  /** The part that leaves; nothing when all of it does. */
  get crop(): AreaDto | null {
    return this.#history.now.crop;
  }

  /** The masks of the page that is looked at. */
  get here(): Numbered[] {
    const own = this.masks.map((mask, index) => ({ mask, index })).filter(({ mask }) => mask.page === this.page);
    return own.map((one, at) => ({ ...one, number: at + 1 }));
  }

  /** True when something can be taken back. */
  get canUndo(): boolean {
    return this.#history.past.length > 0;
  }

  /** True when something that was taken back can be done again. */
  get canRedo(): boolean {
    return this.#history.future.length > 0;
  }

  /** Turns to a page. */
  turn(page: number): void {
    this.page = page;
    this.chosen = undefined;
    this.#nudged = undefined;
  }

  /** Puts a new mask on the page, without an area in its middle, and chooses it. */
  add(area: Area = inTheMiddle(this.here.map(({ mask }) => mask))): number {
    const { x, y, w, h } = area;
    const index = this.masks.length;
    this.#do([...this.masks, { page: this.page, x, y, w, h, reason: this.reason }]);
    this.chosen = index;
    return index;
  }

  /** Puts many masks on at once, those that lie under another one left out; answers those that are new. */
  addAll(masks: readonly MaskDto[]): MaskDto[] {
    const fresh = masks.filter((mask) => !this.masks.some((known) => known.page === mask.page && lies(mask, known)));
    if (fresh.length > 0) this.#do([...this.masks, ...fresh]);
    return fresh;
  }

  /** Gives a mask another place. */
  place(index: number, { x, y, w, h }: Area): void {
    const before = this.masks[index];
    if (!before || !isValid({ x, y, w, h })) return;
    if (before.x === x && before.y === y && before.w === w && before.h === h) return;
    this.#change(index, { x, y, w, h });
  }

  /** The same for one of many small steps in a row; the row is taken back at once. */
  nudge(index: number, area: Area): void {
    this.#inARow(index, () => this.place(index, area));
  }

  /** Lets only a part leave, or all of it again. */
  cut(crop: Area | null): void {
    const before = this.crop;
    if (crop && !isValid(crop)) return;
    if (before === crop || (before && crop && lies(before, crop) && lies(crop, before))) return;
    const part = crop && { x: crop.x, y: crop.y, w: crop.w, h: crop.h };
    this.#nudged = undefined;
    this.#history = step(this.#history, { ...this.#history.now, crop: part });
    this.#tellCrop(part);
  }

  /** The same for one of many small steps in a row. */
  nudgeCrop(crop: Area): void {
    this.#inARow("crop", () => this.cut(crop));
  }

  /** Ends a row of small steps. */
  rest(): void {
    this.#nudged = undefined;
  }

  /** Gives a mask its reason; new masks get the same. */
  explain(index: number, reason: Reason): void {
    this.reason = reason;
    if (this.masks[index] && this.masks[index].reason !== reason) this.#change(index, { reason });
  }

  /** Takes a mask away. */
  remove(index: number): void {
    if (!this.masks[index]) return;
    this.#do(this.masks.filter((_, at) => at !== index));
    this.chosen = undefined;
  }

  /** Takes the last step back. */
  undo(): void {
    this.#go(back(this.#history));
  }

  /** Does again what was taken back. */
  redo(): void {
    this.#go(forward(this.#history));
  }

  #change(index: number, part: Partial<MaskDto>): void {
    this.#do(this.masks.map((mask, at) => (at === index ? { ...mask, ...part } : mask)));
  }

  #do(next: readonly MaskDto[]): void {
    this.#nudged = undefined;
    this.#history = step(this.#history, { ...this.#history.now, masks: next });
    this.#tell([...next]);
  }

  #go(history: History<Recipe>): void {
    this.#nudged = undefined;
    if (history === this.#history) return;
    const before = this.#history.now;
    const { masks, crop } = history.now;
    this.#history = history;
    if (this.chosen !== undefined && !masks[this.chosen]) this.chosen = undefined;
    if (masks !== before.masks) this.#tell([...masks]);
    if (crop !== before.crop) this.#tellCrop(crop);
  }

  /** Does one small step; those of one row have one past. */
  #inARow(what: number | "crop", work: () => void): void {
    const goingOn = this.#nudged === what;
    const before = this.#history;
    work();
    if (goingOn && this.#history !== before) this.#history = { ...this.#history, past: before.past };
    this.#nudged = what;
  }
}
