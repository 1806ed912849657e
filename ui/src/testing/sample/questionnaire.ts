// What does a supplier ask in tests and in the browser, and what comes of it in the fake checklist?
import type { Commands } from "../../ipc/commands";
import type { ChecklistDto } from "../../ipc/generated/ChecklistDto";
import type { LineDto } from "../../ipc/generated/LineDto";
import type { QuestionnaireDto } from "../../ipc/generated/QuestionnaireDto";
import { line } from "./checklist";

type Answer<Name extends keyof Commands> = (given: Commands[Name][0]) => Commands[Name][1];

/** What Rust finds in three lines. */
export const seen: QuestionnaireDto = {
  by: "Example Magnetics Co.",
  day: "2026-11-25",
  lines: [
    { row: 1, text: "Head count of the factory", like: "workforce-summary", confidence: "clear", known: false },
    { row: 2, text: "生产现场照片", like: "production-scene-photos", confidence: "likely", known: false },
    { row: 3, text: "Menu of the canteen", like: null, confidence: null, known: false },
  ],
  encoding: null,
  encodings: ["utf-8", "gbk", "windows-1252", "utf-16le", "utf-16be"],
  sheet: null,
  unreadSheets: [],
  faults: [],
};

/** A list with two lines that cannot be taken. */
export const faulty: QuestionnaireDto = {
  ...seen,
  by: "",
  lines: [],
  encoding: "gbk",
  faults: [
    "Row 3, column B: nothing is asked here, while other cells say something. Fill it in, or remove the row.",
    "Row 7, column B: a formula stands in it, which another program may compute otherwise. Write its result as text.",
  ],
};

/** The answers about such lists, over a checklist that they change. */
export function askedBySupplier(list: ChecklistDto): {
  pick_list: Answer<"pick_list">;
  look_at_questionnaire: Answer<"look_at_questionnaire">;
  take_questionnaire: Answer<"take_questionnaire">;
  link_asked: Answer<"link_asked">;
  drop_asked: Answer<"drop_asked">;
} {
  const all = () => list.sections.flatMap(({ lines }) => lines);
  const like = (asked: NonNullable<LineDto["asked"]>, id: string | null) => {
    const point = all().find((one) => one.id === id);
    asked.like = point?.id ?? null;
    asked.likeTitle = point?.title ?? null;
    asked.likeBasisKind = point?.basisKind ?? null;
    asked.likeBasisLabel = point?.basisLabel ?? null;
    asked.likeBasisText = point?.basisText ?? null;
  };
  return {
    pick_list: () => "/home/purchasing/Documents/list.xlsx",
    look_at_questionnaire: ({ path }) =>
      path === null ? seen : { ...seen, sheet: "清单", unreadSheets: ["Notes"] },
    take_questionnaire: ({ by, askedOn, lines }) => {
      let section = list.sections.find(({ letter }) => letter === "?");
      if (!section) {
        section = { letter: "?", title: "Asked by the supplier beyond the rules", lines: [] };
        list.sections.push(section);
      }
      for (const { text, like: id } of lines) {
        const at = section.lines.length + 1;
        const asked = {
          by,
          day: askedOn,
          like: null,
          likeTitle: null,
          likeBasisKind: null,
          likeBasisLabel: null,
          likeBasisText: null,
        };
        like(asked, id);
        section.lines.push(
          line({
            id: `asked-${at}`,
            en: text,
            zh: text,
            basisKind: "practice",
            mark: "1",
            demand: "recommended",
            tier: "2",
            risk: "medium",
            basisText: `Asked by ${by} on ${askedOn}.`,
            shows: text,
            least: "Answer with what is public or general.",
            givesAway: "Nobody has judged it.",
            wantsDeclaration: true,
            lacks: [{ code: "declaration", text: "Say in a few words what was done." }],
            asked,
          }),
        );
      }
      return lines.length;
    },
    link_asked: ({ asked: id, like: point }) => {
      const known = all().find((one) => one.id === id)?.asked;
      if (known) like(known, point);
      return null;
    },
    drop_asked: ({ asked: id }) => {
      for (const section of list.sections) section.lines = section.lines.filter((one) => one.id !== id);
      list.sections = list.sections.filter(({ lines }) => lines.length > 0);
      return null;
    },
  };
}
