// Which points of the rules can a line be linked to?
import type { ChecklistDto } from "../../ipc/generated/ChecklistDto";

/** Every point of the pack; what a supplier asked is none. */
export function pointsOf(list: ChecklistDto): { word: string; label: string }[] {
  const lines = list.sections.flatMap((section) => section.lines);
  return lines.filter(({ asked }) => asked === null).map(({ id, title }) => ({ word: id, label: title.en }));
}
