// How does the status of an announcement look? A word stands beside it, so that no meaning hangs on the colour.
import type { StatusDto } from "../../ipc/generated/StatusDto";

/** Colour, frame and drawing. */
export const standing = {
  "in-force": { tone: "accent", frame: "solid", icon: "check" },
  unknown: { tone: "warn", frame: "dashed", icon: "alert" },
  suspended: { tone: "plain", frame: "dashed", icon: "clock" },
  pending: { tone: "plain", frame: "dotted", icon: "clock" },
  ended: { tone: "plain", frame: "dotted", icon: "minus" },
} as const satisfies Record<StatusDto["word"], object>;
