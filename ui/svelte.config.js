// How are components compiled? Runes only; the window's CSP forbids inline styles, so all CSS goes to files.
import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";

/** @type {import("@sveltejs/vite-plugin-svelte").SvelteConfig} */
export default {
  preprocess: vitePreprocess({ script: false }),
  compilerOptions: { runes: true, css: "external" },
};
