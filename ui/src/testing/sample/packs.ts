// Which rules are there in tests and in the browser, and what does a newer file change?
import type { Answers } from "../fakeIpc";
import type { DifferenceDto } from "../../ipc/generated/DifferenceDto";
import type { OfferDto } from "../../ipc/generated/OfferDto";
import type { OverlayDto } from "../../ipc/generated/OverlayDto";
import type { PackVersionDto } from "../../ipc/generated/PackVersionDto";
import type { PublisherDto } from "../../ipc/generated/PublisherDto";

const id = "cn-dual-use-rare-earth";

function pack(version: string, current: boolean, publisher: string | null): PackVersionDto {
  return { id, version, verifiedOn: "2026-11-23", publisher, current, kind: null, title: null };
}

const india: PackVersionDto = {
  id: "cn-destination-india",
  version: "2026.11",
  verifiedOn: "2026-11-23",
  publisher: null,
  current: false,
  kind: "destination",
  title: { en: "Destination India", zh: "目的地：印度" },
};

/** A key as minisign writes it; nobody holds its other half. */
export const KEY = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
/** Its fingerprint, shortened. */
export const FINGERPRINT = "5c1e 09ab 77d2 4410 9f3a c0de 1234 5678 5c1e 09ab 77d2 4410 9f3a c0de 1234 5678";

/** What the newer version says otherwise. */
export const difference: DifferenceDto = {
  appear: [{ en: "Origin of recycled material", zh: "再生材料来源" }],
  vanish: [],
  change: [{ title: { en: "Composition or test report", zh: "成分或检测报告" }, aspects: ["demand", "basis"] }],
  announcements: ["2025-61"],
  goods: ["1C902.a"],
  scope: [],
  parts: [
    {
      part: "lists",
      appear: Array.from({ length: 12 }, (_, at) => ({ en: `Example Aerospace ${at + 1}`, zh: "" })),
      change: [],
      vanish: [],
    },
  ],
  otherTexts: 2,
};

/** A file that was looked at. */
export const offer: OfferDto = {
  path: "/home/purchasing/rules.lanthanpack",
  id,
  version: "2026.12",
  publisher: "Sample Rules Office",
  sha256: "ab",
  insteadOf: "2026.11",
  difference,
  touched: [
    {
      dossier: "ring-magnets",
      title: "Ring magnets for woofers",
      released: false,
      changes: [{ title: { en: "Composition or test report", zh: "成分或检测报告" }, before: "ready", now: "missing" }],
    },
    {
      dossier: "old",
      title: "Segments, spring order",
      released: true,
      changes: [{ title: { en: "Origin of recycled material", zh: "再生材料来源" }, before: null, now: "missing" }],
    },
  ],
};

/** The answers about rules. */
export function rulesOfVault(): Pick<
  Answers,
  | "packs"
  | "pick_pack"
  | "look_at_pack"
  | "take_pack"
  | "choose_pack"
  | "trust_publisher"
  | "distrust_publisher"
  | "key_fingerprint"
  | "rules"
  | "recheck"
  | "adopt_pack"
  | "choose_overlays"
> {
  let versions = [pack("2026.11", true, null)];
  let publishers: PublisherDto[] = [];
  let version = "2026.11";
  let overlays: OverlayDto[] = [{ version: india, suits: false, chosen: false }];
  return {
    packs: () => ({ packs: [...versions, india], publishers }),
    pick_pack: () => offer.path,
    look_at_pack: () => offer,
    take_pack: () => {
      versions = [pack("2026.12", true, offer.publisher), pack("2026.11", false, null)];
      return null;
    },
    choose_pack: ({ version: chosen }) => {
      versions = versions.map((one) => ({ ...one, current: one.version === chosen }));
      return null;
    },
    trust_publisher: ({ name, key }) => {
      publishers = [...publishers, { name, key, fingerprint: FINGERPRINT, since: "2026-11-25" }];
      return null;
    },
    distrust_publisher: ({ key }) => {
      publishers = publishers.filter((one) => one.key !== key);
      return null;
    },
    key_fingerprint: () => FINGERPRINT,
    rules: () => ({ id, version, versions: [pack("2026.12", true, offer.publisher), pack("2026.11", false, null)], overlays }),
    recheck: ({ version: other }) => ({
      version,
      other: other ?? "2026.12",
      changes: offer.touched[0]?.changes ?? [],
      difference,
    }),
    adopt_pack: ({ version: other }) => {
      version = other;
      return null;
    },
    choose_overlays: ({ overlays: chosen }) => {
      overlays = overlays.map((one) => ({ ...one, chosen: chosen.includes(one.version.id) }));
      return null;
    },
  };
}
