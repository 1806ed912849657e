// What do the keys of the mask editor mean for the crop, while its frame is worked on?
//
// Deliberately absent: the screen; it is told what to do with the focus.
import { moved, stretched } from "./area";
import type { Editing } from "./editing.svelte";
import type { Intent } from "./keys";

/** Where a crop begins that is made without the pointer. */
const BEGIN = { x: 1000, y: 1000, w: 8000, h: 8000 };

/** Does it to the crop; answers where the focus goes: on the frame, or away from the crop. */
export function cutBy(editing: Editing, intent: Intent): "frame" | "leave" | undefined {
  const { crop } = editing;
  switch (intent.do) {
    case "leave":
      return "leave";
    case "remove":
      editing.cut(null);
      return undefined;
    case "new":
      if (!crop) editing.cut(BEGIN);
      return "frame";
    case "move":
      if (crop) editing.nudgeCrop(moved(crop, intent.by));
      return undefined;
    case "resize":
      if (crop) editing.nudgeCrop(stretched(crop, "se", intent.by));
      return undefined;
    default:
      return undefined;
  }
}
