// What does the window say? Every sentence stands in assets/texts/<language>/<word>.json; here it is looked
// up. Deliberately absent: wording, and any fallback that would hide a gap; a missing key is shown as it is.

type Sentences = Record<string, string>;

const files = import.meta.glob<Sentences>("../../../assets/texts/*/*.json", {
  eager: true,
  import: "default",
});

/** The language of the pages; the other languages stand ready in their own folders. */
export const language = "en";

const sentences: ReadonlyMap<string, string> = new Map(
  Object.entries(files)
    .filter(([path]) => path.includes(`/texts/${language}/`))
    .flatMap(([, file]) => Object.entries(file)),
);

const plural = new Intl.PluralRules(language);
const number = new Intl.NumberFormat(language);

/** What fills a placeholder. */
export type Args = Record<string, string | number>;

/** The sentence under a key, with `{name}` filled in; the key itself when there is none. */
export function t(key: string, args: Args = {}): string {
  const sentence = sentences.get(key);
  if (sentence === undefined) return key;
  return sentence.replace(/\{([\w-]+)\}/g, (whole, name: string) => {
    const value = args[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? number.format(value) : value;
  });
}

/** The sentence for a number of things: `<key>.one`, `<key>.other` and whatever else the language has. */
export function tn(key: string, count: number, args: Args = {}): string {
  const form = `${key}.${plural.select(count)}`;
  return t(sentences.has(form) ? form : `${key}.other`, { count, ...args });
}

/** True when there is a sentence under a key. */
export function has(key: string): boolean {
  return sentences.has(key);
}

/** A day such as `2026-11-25` in words of the language; anything else as it is. */
export function day(iso: string): string {
  const date = /^\d{4}-\d{2}-\d{2}/.exec(iso)?.[0];
  if (date === undefined) return iso;
  const parsed = new Date(`${date}T12:00:00`);
  if (Number.isNaN(parsed.getTime())) return iso;
  return parsed.toLocaleDateString(language === "en" ? "en-GB" : language, {
    day: "numeric",
    month: "short",
    year: "numeric",
  });
}

/** A moment as Rust writes it, in day and time of this computer; anything else as it is. */
export function moment(iso: string): string {
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return iso;
  return when.toLocaleString(language === "en" ? "en-GB" : language, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
}

/** A time of the day, such as 14:02. */
export function time(when: Date): string {
  return when.toLocaleTimeString(language === "en" ? "en-GB" : language, { hour: "2-digit", minute: "2-digit" });
}

/** A size of a file in the largest unit that leaves a whole number or one decimal. */
export function size(bytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toLocaleString(language, { maximumFractionDigits: digits })} ${units[unit] ?? ""}`;
}
