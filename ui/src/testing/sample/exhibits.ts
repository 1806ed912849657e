// Which exhibits, plan and preview does the sample have?
import type { ExhibitDto } from "../../ipc/generated/ExhibitDto";
import type { PlanDto } from "../../ipc/generated/PlanDto";
import type { PreviewDto } from "../../ipc/generated/PreviewDto";
import type { ReleasedDto } from "../../ipc/generated/ReleasedDto";

const sha256 = "5f".repeat(32);

/** The exhibits of the sample. */
export const exhibits: ExhibitDto[] = [
  {
    id: "item-photo",
    name: "IMG_2207.jpg",
    title: { en: "Loose magnet, three views", zh: "散装磁体三视图" },
    caption: { en: "Ring magnet before assembly", zh: "装配前的环形磁体" },
    kind: "photo",
    level: "generic",
    format: "JPEG",
    keptInside: null,
    pages: [{ width: 4000, height: 3000 }],
    sizeBytes: 3_204_118,
    sha256,
    masks: [],
    crop: null,
    leavingPages: [1],
    markedMayBeSeen: false,
    answers: ["production-scene-photos"],
    clearedFor: ["supplier"],
    traces: [
      { kind: "gps", text: "Place where it was taken: 43.74, 11.35", place: "" },
      { kind: "camera", text: "Camera: Example Phone 12", place: null },
    ],
    hidden: [],
  },
  {
    id: "production-scene",
    name: "line 3.jpg",
    title: { en: "Assembly line", zh: "装配线" },
    caption: { en: "Bonding of the magnet", zh: "" },
    kind: "photo",
    level: "secret",
    format: "JPEG",
    keptInside: null,
    pages: [{ width: 3000, height: 4000 }],
    sizeBytes: 5_101_992,
    sha256,
    masks: [
      { page: 1, x: 1200, y: 800, w: 1500, h: 1800, reason: "personal" },
      { page: 1, x: 6200, y: 5200, w: 2400, h: 1200, reason: "trade-secret" },
    ],
    crop: null,
    leavingPages: [1],
    markedMayBeSeen: false,
    answers: ["production-scene-photos"],
    clearedFor: [],
    traces: [{ kind: "taken", text: "Date and time: 2026-11-02 10:12", place: null }],
    hidden: [],
  },
  {
    id: "facility-exterior",
    name: "front.jpg",
    title: { en: "Plant, street side", zh: "厂区外观" },
    caption: { en: "Main entrance with name plate", zh: "正门及厂牌" },
    kind: "photo",
    level: "public",
    format: "JPEG",
    keptInside: null,
    pages: [{ width: 4000, height: 2250 }],
    sizeBytes: 2_808_431,
    sha256,
    masks: [],
    crop: null,
    leavingPages: [1],
    markedMayBeSeen: false,
    answers: ["production-scene-photos"],
    clearedFor: [],
    traces: [],
    hidden: [],
  },
  {
    id: "purchase-order",
    name: "PO 4711.pdf",
    title: { en: "Purchase order", zh: "采购订单" },
    caption: { en: "Order of 30 October 2026", zh: "2026年10月30日订单" },
    kind: "document",
    level: "specific",
    format: "PDF",
    keptInside: null,
    pages: [
      { width: 595, height: 842 },
      { width: 595, height: 842 },
    ],
    sizeBytes: 188_212,
    sha256,
    masks: [{ page: 1, x: 6000, y: 5200, w: 2600, h: 900, reason: "price" }],
    crop: null,
    leavingPages: [1],
    markedMayBeSeen: false,
    answers: ["purchase-contract"],
    clearedFor: ["supplier"],
    traces: [{ kind: "pdf-info", text: "Document properties: ERP 9, A. Example", place: null }],
    hidden: [],
  },
  {
    id: "line-video",
    name: "line 3, walk through.mp4",
    title: { en: "", zh: "" },
    caption: { en: "", zh: "" },
    kind: "photo",
    level: "secret",
    format: "MP4",
    keptInside: "video",
    pages: [],
    sizeBytes: 314_572_800,
    sha256,
    masks: [],
    crop: null,
    leavingPages: [],
    markedMayBeSeen: false,
    answers: [],
    clearedFor: [],
    traces: [
      { kind: "gps", text: "Place where it was taken: 43.74000, 11.35000, 52 m", place: "" },
      { kind: "video-length", text: "Length: 2 min 31 s", place: null },
      { kind: "video-size", text: "Picture, in pixels: 1920 × 1080", place: null },
    ],
    hidden: [],
  },
];

/** What would leave. */
export const plan: PlanDto = {
  day: "2026-11-25",
  revision: 7,
  findings: [
    {
      severity: "blocks",
      code: "term-in-package",
      text: "The protected term “Nordklang” stands in: End-use statement.",
      fix: "Mask it, take it out of the text, or use the alias.",
      screen: "statements",
      target: "end-use",
    },
    {
      severity: "weak",
      code: "requirement-missing",
      text: "Missing: Detailed end-use statement.",
      fix: "Answer it, or say why it cannot be had.",
      screen: "checklist",
      target: "end-use-statement",
    },
    {
      severity: "tip",
      code: "secret-cleared",
      text: "“Assembly line” is cleared although it is marked secret.",
      fix: "Give it the level that fits, or withdraw the clearance.",
      screen: "exhibits",
      target: "production-scene",
    },
  ],
  statements: [
    { en: "Cover letter", zh: "说明函" },
    { en: "End-user introduction", zh: "最终用户介绍" },
  ],
  exhibits: [
    { id: "item-photo", number: 1, title: { en: "Loose magnet, three views", zh: "散装磁体三视图" }, pages: 1, masks: 0 },
    { id: "purchase-order", number: 2, title: { en: "Purchase order", zh: "采购订单" }, pages: 1, masks: 1 },
  ],
  withheld: [{ exhibit: 2, page: 1, reason: { en: "Price", zh: "价格" }, masks: 1 }],
  staysHere: [
    { id: "production-scene", title: { en: "Assembly line", zh: "装配线" } },
    { id: "facility-exterior", title: { en: "Plant, street side", zh: "厂区外观" } },
  ],
};

/** The package as it would leave. */
export const preview: PreviewDto = {
  pages: Array.from({ length: 6 }, () => ({ width: 595, height: 842 })),
  sizeBytes: 2_418_002,
  outline: ["Cover", "Cover letter", "End-user introduction", "Exhibits", "Withheld and why"],
};

/** A package that has left. */
export const released: ReleasedDto = {
  folder: "/home/purchasing/Desktop/PO 4711 for supplier",
  files: [
    { name: "package.pdf", sizeBytes: 2_418_002, sha256 },
    { name: "manifest.json", sizeBytes: 4_812, sha256 },
  ],
  pages: 6,
  ledgerNumber: 3,
  ledgerHash: sha256,
};
