// How does a check look, by how it stands?
import type { CheckDto } from "../../ipc/generated/CheckDto";

/** Colour, frame and drawing; no meaning hangs on the colour alone. */
export const looks = {
  agrees: { tone: "good", frame: "line", icon: "check" },
  differs: { tone: "bad", frame: "solid", icon: "alert" },
  open: { tone: "warn", frame: "dashed", icon: "info" },
  "not-asked": { tone: "plain", frame: "dotted", icon: "minus" },
} as const satisfies Record<CheckDto["standing"], object>;
