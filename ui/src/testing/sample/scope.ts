// What comes of the scope question for the sample: a magnet of which nobody knows yet, and one that is listed.
import type { GoodsDto } from "../../ipc/generated/GoodsDto";
import type { GroundsDto } from "../../ipc/generated/GroundsDto";
import type { ScopeDto } from "../../ipc/generated/ScopeDto";
import type { ScopeItemDto } from "../../ipc/generated/ScopeItemDto";
import type { ScopeRuleDto } from "../../ipc/generated/ScopeRuleDto";
import type { StatusDto } from "../../ipc/generated/StatusDto";

const inForce: StatusDto = { word: "in-force", label: "In force" };
const unknown: StatusDto = { word: "unknown", label: "Unknown since 2026-11-11" };

const announcement: GroundsDto = {
  basisKind: "announcement",
  basisLabel: "Announcement",
  mark: "2+",
  markLabel: "Two or more independent sources",
  sources: [{ id: "mofcom-2025-18", text: "MOFCOM and GAC Announcement No. 18/2025, in force since 2025-04-04" }],
};
const guide: GroundsDto = {
  ...announcement,
  basisKind: "guide",
  basisLabel: "Office guide or its reprint",
  sources: [{ id: "faq-2025-09-16", text: "MOFCOM, frequently asked questions, No. 5, 2025-09-16" }],
};

const magnet: ScopeRuleDto = {
  id: "magnet-ndfeb",
  says: {
    en: "No. 18/2025 lists NdFeB permanent magnet materials that contain dysprosium or terbium.",
    zh: "2025年第18号公告列有含镝或含铽的钕铁硼永磁材料。",
  },
  because: { en: "", zh: "" },
  grounds: announcement,
  lines: [
    {
      code: "1C905.a.4",
      name: {
        en: "NdFeB permanent magnet materials containing dysprosium (magnets or magnetic powder)",
        zh: "含镝的钕铁硼永磁材料（磁体或磁粉）",
      },
      announcement: "18/2025",
      status: inForce,
    },
  ],
};
const answers: ScopeRuleDto = {
  id: "answers-september",
  says: {
    en: "Answers of 16 September 2025: generally not controlled are rotor and stator assemblies.",
    zh: "2025年9月16日的答复：转子和定子组件一般不属于管制物项。",
  },
  because: {
    en: "Does not apply: what is shipped is “The material as such”; the rule speaks of Rotor or stator assembly.",
    zh: "不适用：所发货物为“材料本身”，该规则所指为转子或定子组件。",
  },
  grounds: guide,
  lines: [],
};

const item: ScopeItemDto = {
  id: "ring",
  name: "Ring magnet",
  verdict: "in-scope",
  says: { en: "Listed: a licence is needed. The exporter decides on the code.", zh: "属于清单所列物项：需要许可。" },
  advice: { en: "Ask the supplier to confirm the code and to apply.", zh: "请供应商确认编码并提出申请。" },
  matched: [magnet],
  ruledOut: [answers],
  open: [],
  notes: [],
  unread: [],
};

/** The sample's magnet, which a report says holds dysprosium. */
export const scope: ScopeDto = {
  day: "2026-11-25",
  verdict: "in-scope",
  free: false,
  items: [item],
  suggests: [],
  register: [
    {
      id: "57/2025",
      name: { en: "No. 57/2025: holmium, erbium, thulium, europium and ytterbium items", zh: "2025年第57号公告：钬、铒、铥、铕、镱相关物项" },
      status: unknown,
      from: "2025-11-08",
      verifiedOn: "2026-08-01",
      mark: "2+",
      markLabel: "Two or more independent sources",
    },
    {
      id: "18/2025",
      name: { en: "No. 18/2025: samarium, gadolinium, terbium, dysprosium items", zh: "2025年第18号公告：钐、钆、铽、镝相关物项" },
      status: inForce,
      from: "2025-04-04",
      verifiedOn: "2026-08-01",
      mark: "2+",
      markLabel: "Two or more independent sources",
    },
  ],
  statusAdvice: "Ask your supplier in writing, and prepare as if the goods were controlled.",
};

/** The same magnet without a report. */
export const unsettled: ScopeDto = {
  ...scope,
  verdict: "unknown",
  items: [
    {
      ...item,
      verdict: "unknown",
      says: { en: "Unknown: more must be asked before anybody can say.", zh: "不能确定：须先查明更多情况。" },
      matched: [],
      open: [{ en: "Ask the supplier for its report on dysprosium (Dy), terbium (Tb).", zh: "请向供应商索取关于镝（Dy）、铽（Tb）的检测报告。" }],
      notes: [{ en: "The letters of a grade do not say whether dysprosium or terbium is in it.", zh: "牌号中的字母不说明是否含镝或铽。" }],
      unread: ["plenty"],
    },
  ],
  suggests: [{ label: "Is it doubtful whether the item is listed?", now: "No", then: "Yes" }],
};

/** A part of the tables. */
export const goods: GoodsDto[] = [
  {
    code: "1C905.a.4",
    name: magnet.lines[0]?.name ?? { en: "", zh: "" },
    announcement: "18/2025",
    status: inForce,
    hs: [],
    hsPractice: ["8505111000"],
    grounds: announcement,
  },
  {
    code: "1C909",
    name: { en: "Holmium items", zh: "钬相关物项" },
    announcement: "57/2025",
    status: unknown,
    hs: [],
    hsPractice: [],
    grounds: announcement,
  },
];
