// Do all pages keep the rules of the house? Read from the files themselves: words, sizes, and what the CSP forbids.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const texts = join(root, "../../assets/texts/en");
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(svelte|ts|css)$/.test(name) && !name.endsWith(".test.ts"))
  .map((name) => ({ name, text: readFileSync(join(root, name), "utf8") }));
const product = files.filter(({ name }) => !name.startsWith("testing"));
const components = product.filter(({ name }) => name.endsWith(".svelte"));
const words = readdirSync(texts).map((file) => ({
  word: file.replace(".json", ""),
  keys: Object.keys(JSON.parse(readFileSync(join(texts, file), "utf8")) as Record<string, string>),
}));
const keys = new Set(words.flatMap((file) => file.keys));

/** The names of the files that break a rule. */
const breaking = (all: typeof files, rule: RegExp) => all.filter(({ text }) => rule.test(text)).map(({ name }) => name);

describe("what the CSP forbids", () => {
  it("stands in no page: no style attribute, no markup from strings, no evaluation", () => {
    expect(breaking(components, /\sstyle(=|:)/)).toEqual([]);
    expect(breaking(product, /\{@html|innerHTML|insertAdjacentHTML|\beval\(|new Function\(/)).toEqual([]);
  });

  it("is not needed: no address but the program's own is named", () => {
    const foreign = /https?:\/\/(?!lanthan\.localhost|github\.com\/Aleph-Alpha\/ts-rs)/;
    expect(breaking(product, foreign)).toEqual([]);
  });
});

describe("the tree", () => {
  it("keeps Tauri behind ipc", () => {
    const outside = product.filter(({ name }) => !name.startsWith("ipc"));
    expect(breaking(outside, /@tauri-apps/)).toEqual([]);
  });

  it("keeps the fakes out of the window", () => {
    expect(breaking(product, /from ".*testing\//)).toEqual([]);
  });

  it("has components of at most 200 lines, each with a word on what it is", () => {
    const long = components.filter(({ text }) => text.split("\n").length > 201);
    expect(long.map(({ name }) => name)).toEqual([]);
    expect(components.filter(({ text }) => !text.startsWith("<!--\n@component")).map(({ name }) => name)).toEqual([]);
  });

  it("takes colours from tokens alone, but for what lies on pictures: masks and white pages", () => {
    const own = components.filter(({ name }) => !/exhibits\/(Mask|Thumbnail)|release\/PreviewPages/.test(name));
    expect(breaking(own, /<style>[^]*#[0-9a-f]{3,8}\b/)).toEqual([]);
  });
});

describe("words", () => {
  it("stand in the file of their word, once", () => {
    const strays = words
      .filter(({ word }) => word !== "errors" && word !== "findings")
      .flatMap((file) => file.keys.filter((key) => !key.startsWith(`${file.word}.`)));
    expect(strays).toEqual([]);
    expect(keys.size).toBe(words.flatMap((file) => file.keys).length);
  });

  it("are there for every key that a page names", () => {
    const missing: string[] = [];
    for (const { name, text } of product) {
      for (const [, key] of text.matchAll(/\bt\(\s*"([^"]+)"/g)) {
        if (key && !keys.has(key)) missing.push(`${name}: ${key}`);
      }
      for (const [, key] of text.matchAll(/\btn\(\s*"([^"]+)"/g)) {
        if (key && !(keys.has(`${key}.one`) && keys.has(`${key}.other`))) missing.push(`${name}: ${key}`);
      }
      for (const [, stem] of text.matchAll(/\bt\(\s*`([^`$]+)\$\{/g)) {
        if (stem && ![...keys].some((key) => key.startsWith(stem))) missing.push(`${name}: ${stem}…`);
      }
    }
    expect(missing).toEqual([]);
  });

  it("are all used", () => {
    const all = product.map(({ text }) => text).join("\n");
    const stems = [...all.matchAll(/`([a-z-]+\.[\w-]*)\$\{/g)].map(([, stem]) => stem ?? "");
    const unused = words
      .filter(({ word }) => word !== "errors" && word !== "findings")
      .flatMap((file) => file.keys)
      .filter((key) => {
        const base = key.replace(/\.(one|other)$/, "");
        return !all.includes(`"${base}"`) && !stems.some((stem) => base.startsWith(stem));
      });
    expect(unused).toEqual([]);
  });

  it("come in pairs: what happened, and what to do", () => {
    const errors = words.find(({ word }) => word === "errors")?.keys ?? [];
    const alone = errors.filter((key) => !keys.has(key.startsWith("err-") ? `fix-${key.slice(4)}` : `err-${key.slice(4)}`));
    expect(alone).toEqual([]);
  });
});
