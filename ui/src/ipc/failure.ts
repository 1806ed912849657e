// How does a failure become two sentences? What happened (`err-<code>`), and what to do (`fix-<code>`).
import { has, t } from "../text";
import type { CommandError } from "./generated/CommandError";

/** A command that Rust refused, or a fault of the window itself (`unexpected`). */
export class Failure extends Error {
  /** Stable name; the window matches on it, never on wording. */
  readonly code: string;
  /** Values for the placeholders of its sentences. */
  readonly args: Record<string, string>;

  constructor(code: string, args: Record<string, string> = {}) {
    super(code);
    this.name = "Failure";
    this.code = code;
    this.args = args;
  }
}

/** What the window shows of a failure. */
export interface Sentences {
  /** What happened. */
  what: string;
  /** What to do about it. */
  fix: string;
  /** What an offline user can read out on the telephone. */
  code: string;
}

/** Turns whatever was thrown into a failure. */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  if (isCommandError(thrown)) return new Failure(thrown.code, { ...thrown.args });
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new Failure("unexpected", { message });
}

/** The sentences of a failure; a code without sentences of its own is shown as unexpected. */
export function sentences({ code, args: given }: { code: string; args: Record<string, string> }): Sentences {
  const args = given.message === undefined ? given : { ...given, message: whole(given.message) };
  const known = has(`err-${code}`);
  return {
    what: known ? t(`err-${code}`, args) : t("shared.unexpected", args),
    fix: has(`fix-${code}`) ? t(`fix-${code}`, args) : t("shared.unexpected-fix"),
    code,
  };
}

/** What Rust adds stands as a sentence of its own. */
function whole(message: string): string {
  const ended = /[.!?…:)\n]$/.test(message) ? message : `${message}.`;
  return `${ended.charAt(0).toUpperCase()}${ended.slice(1)}`;
}

function isCommandError(thrown: unknown): thrown is CommandError {
  return (
    typeof thrown === "object" &&
    thrown !== null &&
    "code" in thrown &&
    typeof thrown.code === "string" &&
    "args" in thrown
  );
}
