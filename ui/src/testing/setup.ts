// What must be there before each test? Matchers, what jsdom does not have, and a clean page after.
import "@testing-library/jest-dom/vitest";

import { cleanup, configure } from "@testing-library/svelte";
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

// jsdom lays nothing out: sizes that components bind stay 0.
globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 10_000 });

afterEach(async () => {
  cleanup();
  // What a component stops listening to, it stops a moment after it is gone.
  await new Promise((resolve) => setTimeout(resolve));
  clearMocks();
});
