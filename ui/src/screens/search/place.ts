// On which screen does a thing that was found stand, and under which name there?
import type { FoundDto } from "../../ipc/generated/FoundDto";
import type { ScreenName } from "../dossier/screen";

/** A place inside a dossier. */
export interface Place {
  dossier: string;
  screen: ScreenName;
  target: string | null;
}

const screens: Record<FoundDto["kind"], ScreenName> = {
  dossier: "checklist",
  answer: "checklist",
  request: "checklist",
  party: "parties",
  "protected-terms": "parties",
  item: "statements",
  order: "statements",
  "end-use": "statements",
  exhibit: "exhibits",
};

/** Where a hit is shown. */
export function placeOf({ dossier, kind, id }: FoundDto): Place {
  const screen = screens[kind];
  // An item is edited among the statements, which have names of their own.
  return { dossier, screen, target: screen === "statements" || id === "" ? null : id };
}

/** True for the keys that begin a search. */
export function beginsSearch(event: KeyboardEvent): boolean {
  const control = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  return control && ["k", "f"].includes(event.key.toLowerCase());
}
