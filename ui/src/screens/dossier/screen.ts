// What is a screen inside the dossier's frame given, and how does it get elsewhere?
import type { DossierDto } from "../../ipc/generated/DossierDto";

/** The screens of a dossier, in the order of the rail. */
export const screens = [
  "scope",
  "checklist",
  "statements",
  "exhibits",
  "parties",
  "consistency",
  "release",
  "ledger",
  "clock",
] as const;

/** One of them. */
export type ScreenName = (typeof screens)[number];

/** What every screen is given. */
export interface ScreenProps {
  /** The dossier's frame; renewed after each change that a screen reports. */
  dossier: DossierDto;
  /** What to open on this screen: a requirement, statement, exhibit or party id, with `#` a field in it; null for nothing. */
  target: string | null;
  /** To be called after each command that changed the dossier, so that undo and counts are right. */
  onchanged: () => void;
  /** Goes to another screen, and there to a thing. */
  ongo: (screen: ScreenName, target?: string) => void;
  /** Says what is open on the screen now, so that it is open again when the screen is made anew. */
  onopened?: (target: string | null) => void;
}
