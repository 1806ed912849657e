// What is the hand doing with the pointer, and what comes of it?
//
// A value that follows the pointer from where it went down. Deliberately absent: events and pixels.
import { type Area, drawn, framed, type Handle, moved, type Point, resized, stretched } from "./area";

/** Drawing a new mask, moving one, or pulling one at a handle; and the same for the frame of the crop. */
export type Gesture =
  | { kind: "draw"; from: Point; to: Point }
  | { kind: "move"; from: Point; to: Point; index: number; area: Area }
  | { kind: "pull"; from: Point; to: Point; index: number; area: Area; handle: Handle }
  | { kind: "frame"; from: Point; to: Point }
  | { kind: "shift"; from: Point; to: Point; area: Area }
  | { kind: "stretch"; from: Point; to: Point; area: Area; handle: Handle };

/** The same gesture, further on. */
export function follow(gesture: Gesture, to: Point): Gesture {
  return { ...gesture, to };
}

/** The area that the gesture makes, as it stands; nothing for a drawing that is too small. */
export function areaOf(gesture: Gesture): Area | undefined {
  const { from, to } = gesture;
  const by = { x: to.x - from.x, y: to.y - from.y };
  switch (gesture.kind) {
    case "draw":
      return drawn(from, to);
    case "frame":
      return framed(from, to);
    case "shift":
    case "move":
      return moved(gesture.area, by);
    case "pull":
      return resized(gesture.area, gesture.handle, by);
    case "stretch":
      return stretched(gesture.area, gesture.handle, by);
  }
}
