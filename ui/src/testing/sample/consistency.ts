// How do the papers of the sample stand, which names look listed, and what does the firm ask itself? Every firm
// of the dossier is invented.
import type { ConsistencyDto } from "../../ipc/generated/ConsistencyDto";
import type { GroundsDto } from "../../ipc/generated/GroundsDto";
import type { JudgedDto } from "../../ipc/generated/JudgedDto";
import type { OwnQuestionDto } from "../../ipc/generated/OwnQuestionDto";
import type { ScreeningDto } from "../../ipc/generated/ScreeningDto";
import type { TermDto } from "../../ipc/generated/TermDto";

const practice: GroundsDto = {
  basisKind: "practice",
  basisLabel: "Reported practice",
  mark: "2+",
  markLabel: "Two or more independent sources",
  sources: [{ id: "vector-magnets", text: "Vector Magnets, page on certificate, client profile and end-use wording" }],
};
const inference: GroundsDto = {
  basisKind: "inference",
  basisLabel: "Inference",
  mark: "I",
  markLabel: "Inference that no source states",
  sources: [{ id: "own-inference", text: "Inference of the authors of this pack" }],
};

/** Checks of which one differs, one is open and the others agree. */
export const consistency: ConsistencyDto = {
  day: "2026-11-25",
  checks: [
    {
      id: "names",
      title: { en: "End user's name", zh: "最终用户名称" },
      standing: "agrees",
      why: "A mismatch counts as an error.",
      mend: "Use the name of the register extract everywhere.",
      grounds: practice,
      discords: [],
    },
    {
      id: "contract",
      title: { en: "Contract number and date", zh: "合同号和签订日期" },
      standing: "differs",
      why: "The licence carries the contract number and its day of signing.",
      mend: "Correct the number or the day where they differ.",
      grounds: practice,
      discords: [
        {
          text: "Purchase order says “PO 4717”, not “PO 4711”.",
          screen: "exhibits",
          target: "purchase-order",
        },
        { text: "“PO 4711” is not in: certificate, Chinese text.", screen: "consistency", target: "#certificate.text" },
      ],
    },
    {
      id: "dates",
      title: { en: "Order of days", zh: "日期先后" },
      standing: "open",
      why: "Signed after the contract and before the filing.",
      mend: "Sign again when the day does not fit.",
      grounds: inference,
      discords: [
        {
          text: "Still blank: Day of signature of the certificate.",
          screen: "consistency",
          target: "#certificate.signed",
        },
      ],
    },
    {
      id: "status",
      title: { en: "Status of Nos. 57, 61 and 62/2025", zh: "2025年第57、61、62号公告的状态" },
      standing: "not-asked",
      why: "Their suspension ended on 10 November 2026.",
      mend: "Ask the supplier for its written statement.",
      grounds: practice,
      discords: [],
    },
  ],
  faults: [
    {
      id: "penalty",
      title: { en: "Penalty or indemnity without fault", zh: "无过错罚则或赔偿" },
      why: "It stands in no law on the certificate.",
      mend: "Ask to delete it.",
      grounds: practice,
      quotes: ["The end user pays liquidated damages"],
      accepted: null,
    },
  ],
  drafted: true,
};

/** A comparison in which one invented customer looks listed. */
export const screening: ScreeningDto = {
  asOf: "2026-08-24",
  known: 28,
  listed: 131,
  partial: "This list is partial: it holds only the names that this pack has read.",
  noClearance: "No match is not clearance.",
  owners: "Does a listed firm own 50 % or more of it? Ask the firm itself.",
  parties: [
    { id: "end-user", screened: "2026-11-20", listedOwner: false, likenesses: [] },
    {
      id: "supplier",
      screened: null,
      listedOwner: null,
      likenesses: [
        {
          written: "Ningbo Example Magnetics Co., Ltd.",
          listed: "Example Magnetic",
          percent: 91,
          kind: "Watch list",
          announcement: "2026-12",
          day: "2026-02-24",
          region: "Japan",
          mark: "One source",
        },
      ],
    },
    { id: "downstream-customer", screened: null, listedOwner: null, likenesses: [] },
  ],
};

/** Two of the questions, one answered. */
export const ownSide: OwnQuestionDto[] = [
  {
    id: "home-law",
    asks: "Is anything that you would send controlled at home?",
    why: "Drawings can be controlled themselves. Inference: no source was found.",
    obstacle: "Get a classification, or a licence, before it is sent.",
    grounds: inference,
    answer: null,
  },
  {
    id: "anti-boycott",
    asks: "Does a paper that you would sign promise not to supply a named country?",
    why: "In Germany section 7 AWV forbids such a declaration.",
    obstacle: "Ask a lawyer, and ask the supplier to delete it.",
    grounds: practice,
    answer: { yes: false, reason: "No such clause", given: "2026-11-20" },
  },
];

/** Terms as the glossary gives them. */
export const terms: TermDto[] = [
  { en: "end user", zh: "最终用户", pinyin: "zuì zhōng yòng hù", source: "legal-text" },
  { en: "loudspeaker", zh: "扬声器", pinyin: "yáng shēng qì", source: "trade-usage" },
];

/** A judgement by length alone, enough for pages: the real one is Rust's. */
export function judged(en: string, zh: string): JudgedDto {
  const vague = /^(motor|industrial use)$/i.test(en.trim());
  const hit = {
    grade: "too-vague",
    language: "en",
    says: "Too general: a reader cannot tell what the goods are for.",
    mend: "Name what the part does.",
    words: [],
  } as const;
  return {
    grade: en + zh === "" ? null : vague ? "too-vague" : "enough",
    hits: vague ? [{ ...hit, words: [] }] : [],
    examples: [
      { grade: "too-vague", label: "Too vague", text: { en: "Motor", zh: "电机" } },
      { grade: "enough", label: "Enough", text: { en: "Position sensor for liquid level testing", zh: "液位检测用位置传感器" } },
      { grade: "too-revealing", label: "Too revealing", text: { en: "Sensor with 6 pole pairs", zh: "6个极对数的传感器" } },
    ],
  };
}
