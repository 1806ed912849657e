// Is a new passphrase typed twice alike, and is it hard enough to guess? Rust judges it while it is typed, and
// again when it is to be used. Deliberately absent: keeping it; `forget` empties both.
import { call } from "../../ipc";
import type { StrengthDto } from "../../ipc/generated/StrengthDto";
import { t } from "../../text";

/** Shortest passphrase that a vault takes, in characters. */
export const MIN_CHARS = 12;

/** How long typing rests before it is judged, in milliseconds. */
const REST_MS = 150;

/** A passphrase that is being chosen. */
export class NewPassphrase {
  /** As typed the first time. */
  typed = $state("");
  /** As typed again. */
  again = $state("");
  /** True once it was to be used. */
  tried = $state(false);
  /** How what is typed was judged; null while it is not. */
  judged: StrengthDto | null = $state(null);

  private resting: ReturnType<typeof setTimeout> | undefined;

  /** True when it has fewer characters than a vault takes. */
  get isShort(): boolean {
    return [...this.typed].length < MIN_CHARS;
  }

  /** What is wrong with it, once it was to be used. */
  get problem(): string | undefined {
    if (!this.tried) return undefined;
    if (this.isShort) return t("unlock.too-short", { least: MIN_CHARS });
    return this.judged?.accepted === false ? t("unlock.guessable") : undefined;
  }

  /** What is wrong with its repetition, once it was to be used. */
  get againProblem(): string | undefined {
    return this.tried && this.again !== this.typed ? t("unlock.not-the-same") : undefined;
  }

  /** Takes what is typed, and has it judged when typing rests. */
  type(passphrase: string): void {
    this.typed = passphrase;
    this.judged = null;
    clearTimeout(this.resting);
    if (passphrase === "") return;
    // A failure is said when the passphrase is to be used, not while it is typed.
    this.resting = setTimeout(() => void this.judge().catch(() => {}), REST_MS);
  }

  /** True when it may be used. Says at the fields what is wrong otherwise. */
  async accept(): Promise<boolean> {
    this.tried = true;
    if (this.isShort || this.again !== this.typed) return false;
    const { typed } = this;
    await this.judge();
    return this.judged?.accepted === true && typed === this.typed && this.again === typed;
  }

  /** Empties both fields. */
  forget(): void {
    clearTimeout(this.resting);
    this.typed = this.again = "";
    this.tried = false;
    this.judged = null;
  }

  private async judge(): Promise<void> {
    clearTimeout(this.resting);
    const { typed } = this;
    const judged = await call("passphrase_strength", { passphrase: typed });
    if (typed === this.typed) this.judged = judged;
  }
}
