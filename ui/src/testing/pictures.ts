// What do pages, thumbnails and previews look like in a browser, where the program's own scheme leads nowhere?
//
// Addresses of the scheme are replaced by drawings made here: photographs and papers that nobody took or wrote.
import { exhibits } from "./sample/exhibits";

interface Look {
  width: number;
  height: number;
  shapes: string;
}

const INK = "#2b2b2b";
const text = (x: number, y: number, size: number, words: string, fill = INK) =>
  `<text x="${x}" y="${y}" font-size="${size}" font-family="sans-serif" fill="${fill}">${words}</text>`;
const box = (x: number, y: number, w: number, h: number, fill: string, more = "") =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}" ${more}/>`;

function magnets(): Look {
  const ring = (x: number, y: number, r: number) =>
    `<circle cx="${x}" cy="${y}" r="${r}" fill="none" stroke="#8b9096" stroke-width="${r / 2.2}"/><circle cx="${x}" cy="${y}" r="${r * 1.22}" fill="none" stroke="#cfd4d9" stroke-width="6"/>`;
  const scale = Array.from({ length: 15 }, (_, at) => box(120 + at * 90, 1040, 6, at % 5 === 0 ? 50 : 28, "#444")).join("");
  return {
    width: 1600,
    height: 1200,
    shapes: box(0, 0, 1600, 1200, "#d9cdb8") + ring(420, 420, 190) + ring(1050, 480, 240) + ring(640, 800, 120) + box(90, 1030, 1420, 90, "#efe6c8") + scale,
  };
}

function workshop(): Look {
  const bench = (y: number) => box(60, y, 1080, 40, "#9a7b54") + box(100, y + 40, 30, 160, "#6d5638") + box(1060, y + 40, 30, 160, "#6d5638");
  const person = (x: number, y: number) => `<circle cx="${x}" cy="${y}" r="70" fill="#d7a98b"/>` + box(x - 95, y + 75, 190, 300, "#3b5b8a", 'rx="40"');
  return {
    width: 1200,
    height: 1600,
    shapes:
      box(0, 0, 1200, 1600, "#b8c2c6") + box(0, 1150, 1200, 450, "#8d8578") + box(700, 160, 400, 260, "#f4f4ee") +
      text(730, 230, 40, "Line 3, plan") + text(730, 290, 34, "Nordklang 4 000") + text(730, 340, 34, "HX-9 at 62 °C") +
      person(240, 380) + bench(760) + box(780, 820, 240, 180, "#30383c") + text(800, 920, 44, "HX-9", "#ffffff") + bench(1240),
  };
}

function front(): Look {
  const windows = Array.from({ length: 8 }, (_, at) => box(180 + at * 160, 330, 100, 130, "#7fa3b8")).join("");
  return {
    width: 1600,
    height: 900,
    shapes:
      box(0, 0, 1600, 900, "#a9cde6") + box(0, 650, 1600, 250, "#7d8a70") + box(120, 240, 1360, 440, "#e5ddcf") + windows +
      box(700, 500, 200, 180, "#59636a") + box(560, 255, 480, 56, "#ffffff") + text(600, 296, 40, "Sample Audio S.r.l."),
  };
}

function paper(title: string, lines: string[]): Look {
  const rows = lines.map((words, at) => text(120, 330 + at * 62, 30, words)).join("");
  return {
    width: 1131,
    height: 1600,
    shapes: box(0, 0, 1131, 1600, "#ffffff") + text(120, 170, 54, title) + box(120, 210, 890, 4, INK) + rows,
  };
}

const orders = [
  ["Sample Audio S.r.l. to Ningbo Example Magnetics", "Order of 30 October 2026", "20 000 ring magnets N38SH, 45 x 22 x 8 mm", "", "Position 10        20 000 pcs        0.412 USD", "Total                             8 240.00 USD", "Delivery CIP Firenze, by air"],
  ["Terms", "The goods are for loudspeakers of our own make.", "No transfer to third parties.", "", "Signature ____________________"],
];

function look(kind: string, exhibit: string, page: number): Look {
  if (kind === "preview") return paper(page === 1 ? "Evidence package" : `Page ${page}`, ["Prepared for Ningbo Example Magnetics Co., Ltd.", "Prepared by Sample Audio S.r.l.", "Order PO 4711", "Only for the export licence application of this order"]);
  if (exhibit === "item-photo") return magnets();
  if (exhibit === "production-scene") return workshop();
  if (exhibit === "facility-exterior") return front();
  return paper("Purchase order PO 4711", orders[page - 1] ?? []);
}

function masks(kind: string, exhibit: string, page: number, { width, height }: Look): string {
  if (kind !== "clean") return "";
  const known = exhibits.find(({ id }) => id === exhibit)?.masks ?? [];
  const part = (share: number, whole: number) => (share / 10_000) * whole;
  return known
    .filter((mask) => mask.page === page)
    .map(({ x, y, w, h }) => box(part(x, width), part(y, height), part(w, width), part(h, height), "#000000"))
    .join("");
}

/** A drawing for an address of the scheme. */
export function drawing(address: string): string | undefined {
  const parts = /localhost\/(thumb|page|clean|preview)\/([^?]*)/.exec(address);
  if (!parts) return undefined;
  const [, kind = "", rest = ""] = parts;
  const [first = "", exhibit = "", last = "1"] = rest.split("/");
  const page = Number(kind === "preview" ? first : last);
  const shown = look(kind, exhibit, page);
  const body = shown.shapes + masks(kind, exhibit, page, shown);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${shown.width} ${shown.height}" width="${shown.width}" height="${shown.height}">${body}</svg>`;
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}

/** Replaces addresses of the scheme wherever an image gets one. */
export function fakePictures(): void {
  const replace = (image: HTMLImageElement) => {
    const drawn = drawing(image.getAttribute("src") ?? "");
    if (drawn) image.src = drawn;
  };
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      for (const node of [target, ...addedNodes]) {
        if (node instanceof HTMLImageElement) replace(node);
        else if (node instanceof Element) node.querySelectorAll("img").forEach(replace);
      }
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["src"] });
}
