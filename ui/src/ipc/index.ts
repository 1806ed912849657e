// How does the window talk to Rust? Three doors: commands, events, pictures. Nothing else in these pages
// names Tauri. Deliberately absent: retries; a command is one transaction, and it was done or it was not.
import { invoke } from "@tauri-apps/api/core";
import { listen as tauriListen } from "@tauri-apps/api/event";

import type { Commands, Events } from "./commands";
import { asFailure } from "./failure";

export type { AnswerKind, Commands, Events } from "./commands";
export { asFailure, Failure, sentences, type Sentences } from "./failure";

type Given<Name extends keyof Commands> = Commands[Name][0];
type Answer<Name extends keyof Commands> = Commands[Name][1];

let locked: () => void = () => {};

/** Says what to do when a command finds the vault locked. */
export function onLocked(react: () => void): void {
  locked = react;
}

/**
 * Asks Rust for something. Throws a `Failure` when it is refused.
 */
export async function call<Name extends keyof Commands>(
  name: Name,
  ...[given]: keyof Given<Name> extends never ? [] : [Given<Name>]
): Promise<Answer<Name>> {
  try {
    return await invoke<Answer<Name>>(name, { ...given });
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.code === "vault-locked") locked();
    throw failure;
  }
}

/** Listens to an event; the answer stops listening, and may be called at once. */
export function listen<Name extends keyof Events>(
  name: Name,
  react: (payload: Events[Name]) => void,
): () => void {
  return hearing(name, react).stop;
}

/** Listens to an event and says when it really hears: what is sent before that is lost. */
export function hearing<Name extends keyof Events>(
  name: Name,
  react: (payload: Events[Name]) => void,
): { begun: Promise<void>; stop: () => void } {
  let stopped = false;
  const listening = tauriListen<Events[Name]>(name, (event) => {
    if (!stopped) react(event.payload);
  });
  return {
    begun: listening.then(() => undefined),
    stop: () => {
      stopped = true;
      void listening.then((stop) => stop());
    },
  };
}
