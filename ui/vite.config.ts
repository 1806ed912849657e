// How do the pages become files? `npm run build` writes ui/dist, which the window loads; `npm run dev`
// shows the same pages in a browser with the fake of src/testing, which never enters ui/dist.
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [svelte()],
  base: "./",
  clearScreen: false,
  server: { strictPort: true, fs: { allow: [".."] } },
  resolve: process.env["VITEST"] ? { conditions: ["browser"] } : {},
  build: {
    target: ["es2022", "safari16"],
    // Nothing may be inlined as data: or <style>: the CSP allows files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: process.env["LANTHAN_FAKE"] ? "fake.html" : "index.html" },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts"],
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
    testTimeout: 30_000,
  },
});
