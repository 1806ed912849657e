// Which lines of a checklist are shown?
import type { ChecklistDto } from "../../ipc/generated/ChecklistDto";
import type { LineDto } from "../../ipc/generated/LineDto";
import type { SectionDto } from "../../ipc/generated/SectionDto";

/** What the user wants to see. */
export interface Filter {
  /** Only what is not ready yet. */
  open: boolean;
  /** Only what must be there, not what is recommended. */
  required: boolean;
}

/** True when something is still to be done for a line. */
export function isOpen(line: LineDto): boolean {
  return line.state === "missing" || line.state === "weak";
}

/** True when a line is asked for always, or asked for here. */
export function isRequired(line: LineDto): boolean {
  return line.demand !== "recommended" && line.state !== "not-applicable";
}

/** The sections with the lines that pass; a section without any is left out. */
export function filtered(list: ChecklistDto, { open, required }: Filter): SectionDto[] {
  const passes = (line: LineDto) => (!open || isOpen(line)) && (!required || isRequired(line));
  return list.sections
    .map((section) => ({ ...section, lines: section.lines.filter(passes) }))
    .filter((section) => section.lines.length > 0);
}

/** The line to look at first: the one asked for, or the first open one, or the first. */
export function firstLine(list: ChecklistDto, wanted: string | null): string | null {
  const lines = list.sections.flatMap((section) => section.lines);
  const line = lines.find(({ id }) => id === wanted) ?? lines.find(isOpen) ?? lines[0];
  return line?.id ?? null;
}
