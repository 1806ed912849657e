// What must be there before each test? Matchers, a dialog that opens (jsdom has none), and a clean page after.
import "@testing-library/jest-dom/vitest";

import { cleanup } from "@testing-library/svelte";
import { clearMocks } from "@tauri-apps/api/mocks";
import { afterEach } from "vitest";

if (!("showModal" in HTMLDialogElement.prototype)) {
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.setAttribute("open", "");
    },
    close(this: HTMLDialogElement) {
      this.removeAttribute("open");
    },
  });
}

afterEach(() => {
  cleanup();
  clearMocks();
});
