// Which dossiers, parties, papers and releases does the sample have? Every firm is invented.
import type { DossierDto } from "../../ipc/generated/DossierDto";
import type { DossierRowDto } from "../../ipc/generated/DossierRowDto";
import type { LedgerRowDto } from "../../ipc/generated/LedgerRowDto";
import type { PartyDto } from "../../ipc/generated/PartyDto";
import type { StartDto } from "../../ipc/generated/StartDto";

/** How things stand before any vault is open. */
export const start: StartDto = {
  open: null,
  recent: ["/home/purchasing/Documents/Evidence.lanthan", "/media/usb/Archive 2025.lanthan"],
  suggestedFolder: "/home/purchasing/Documents/Evidence.lanthan",
  version: "0.1.0",
  day: "2026-11-25",
};

/** A recovery key of the right shape. */
export const recoveryKey = "123453-234564-345675-456786-567897-678898-012320-701239";

/** The list of dossiers. */
export const rows: DossierRowDto[] = [
  { id: "ring-magnets", title: "Ring magnets, PO 4711", changed: "2026-11-24", ready: 4, open: 7, total: 12 },
  { id: "gap-magnets", title: "Gap magnets for the 2027 woofer", changed: "2026-11-12", ready: 11, open: 0, total: 11 },
  { id: "trial", title: "Trial order of sputtering targets", changed: "2026-10-02", ready: 0, open: 14, total: 14 },
];

const supplier: PartyDto = {
  id: "supplier",
  name: "Ningbo Example Magnetics Co., Ltd.",
  nameLocal: "",
  nameZh: "宁波示例磁材有限公司",
  roles: ["supplier", "recipient"],
  roleLabels: ["Supplier", "Recipient"],
  alias: { en: "", zh: "" },
};
const endUser: PartyDto = {
  id: "end-user",
  name: "Sample Audio S.r.l.",
  nameLocal: "",
  nameZh: "示例音响有限责任公司",
  roles: ["end-user", "importer"],
  roleLabels: ["End user", "Importer"],
  alias: { en: "", zh: "" },
};
const customer: PartyDto = {
  id: "downstream-customer",
  name: "Nordklang Example AB",
  nameLocal: "",
  nameZh: "",
  roles: ["downstream-customer"],
  roleLabels: ["Downstream customer"],
  alias: { en: "Customer A", zh: "客户A" },
};

/** The dossier that the sample opens. */
export const dossier: DossierDto = {
  id: "ring-magnets",
  title: "Ring magnets, PO 4711",
  revision: 7,
  parties: [endUser, supplier, customer],
  recipients: [endUser, supplier],
  pack: "cn-dual-use-rare-earth",
  packVersion: "2026.11",
  verifiedOn: "2026-11-23",
  canUndo: true,
  unknown: [{ day: "2026-11-11", announcements: ["57/2025", "61/2025", "62/2025"] }],
  statusAdvice: "Ask your supplier in writing, and prepare as if the goods were controlled.",
  protectedTerms: [
    { term: "Nordklang", why: "Short name of a customer" },
    { term: "HX-9 adhesive", why: "Trade secret" },
  ],
};

const hash = (seed: number) =>
  Array.from({ length: 64 }, (_, at) => ((seed * 7 + at * at * 3) % 16).toString(16)).join("");

/** What has left. */
export const ledger: LedgerRowDto[] = [
  {
    number: 1,
    day: "2026-10-12",
    dossier: "gap-magnets",
    recipient: "Ningbo Example Magnetics Co., Ltd.",
    kind: "release",
    files: [{ name: "package.pdf", sizeBytes: 1_204_551, sha256: hash(1) }],
    exhibits: ["Finished product", "Purchase order"],
    statements: ["cover-letter", "end-use"],
    withheld: 3,
    hash: hash(9),
  },
  {
    number: 2,
    day: "2026-11-24",
    dossier: "ring-magnets",
    recipient: "Ningbo Example Magnetics Co., Ltd.",
    kind: "release",
    files: [
      { name: "package.pdf", sizeBytes: 2_418_002, sha256: hash(2) },
      { name: "manifest.json", sizeBytes: 4_812, sha256: hash(3) },
      { name: "checksums.txt", sizeBytes: 402, sha256: hash(4) },
    ],
    exhibits: ["Loose magnet, three views", "Finished product", "Purchase order"],
    statements: ["cover-letter", "end-user-introduction", "end-use"],
    withheld: 6,
    hash: hash(8),
  },
];
