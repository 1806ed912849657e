// What does a key mean in the mask editor?
//
// Deliberately absent: doing it. Keys typed into a field mean nothing here.
import { FINE_STEP, type Point, STEP } from "./area";

type Word = "remove" | "new" | "undo" | "redo" | "larger" | "smaller" | "fit" | "leave" | "crop";

/** What was meant. */
export type Intent =
  | { do: "move"; by: Point }
  | { do: "resize"; by: Point }
  | { do: "reason"; at: number }
  | { [Each in Word]: { do: Each } }[Word]
  | { do: "page"; by: 1 | -1 };

const WAYS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

type Pressed = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

/** What a key means; `onMask` is true when a mask, or the frame of the crop, has the focus. */
export function intentOf(pressed: Pressed, onMask: boolean): Intent | undefined {
  const { key, shiftKey, altKey } = pressed;
  const command = pressed.ctrlKey || pressed.metaKey;
  if (command) return withCommand(key.toLowerCase(), shiftKey);
  const way = WAYS[key];
  if (way) {
    if (!onMask) return undefined;
    const step = altKey ? FINE_STEP : STEP;
    const by = { x: way.x * step, y: way.y * step };
    return shiftKey ? { do: "resize", by } : { do: "move", by };
  }
  if (altKey) return undefined;
  if (onMask && /^[1-5]$/.test(key)) return { do: "reason", at: Number(key) - 1 };
  switch (key) {
    case "Delete":
    case "Backspace":
      return onMask ? { do: "remove" } : undefined;
    case "Escape":
      return { do: "leave" };
    case "n":
    case "N":
      return { do: "new" };
    case "c":
    case "C":
      return { do: "crop" };
    case "+":
    case "=":
      return { do: "larger" };
    case "-":
      return { do: "smaller" };
    case "0":
      return { do: "fit" };
    case "PageUp":
      return { do: "page", by: -1 };
    case "PageDown":
      return { do: "page", by: 1 };
    default:
      return undefined;
  }
}

function withCommand(key: string, shift: boolean): Intent | undefined {
  if (key === "z") return { do: shift ? "redo" : "undo" };
  return key === "y" ? { do: "redo" } : undefined;
}

/** True when an element takes typed text or has keys of its own. */
export function ownsKeys(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, select, textarea, [contenteditable]");
}
