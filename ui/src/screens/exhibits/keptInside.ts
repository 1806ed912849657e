// Which drawing stands for a file that is kept inside? One a kind; the format stands beside it as a word.
import type { IconName } from "../../parts/icons";

const icons: Record<string, IconName> = {
  MP4: "video",
  MOV: "video",
  DOCX: "statements",
  XLSX: "table",
  PPTX: "slides",
};

/** The drawing of a format. */
export function iconOf(format: string): IconName {
  return icons[format] ?? "file";
}
