// Does anybody use the program? Rust locks the vault when nobody does; a key or the pointer says that somebody
// does. Deliberately absent: when to lock; Rust counts the time.
import { call } from "./index";

/** Least time between two words to Rust, in milliseconds. */
const PAUSE_MS = 60_000;

const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

/** Tells Rust of keys and pointer, at most once a minute; the answer stops it. */
export function touchOnActivity(): () => void {
  let last = -PAUSE_MS;
  function touch() {
    const now = performance.now();
    if (now - last < PAUSE_MS) return;
    last = now;
    // Nothing hangs on a single word; the next one follows in a minute.
    void call("touch").catch(() => {});
  }
  const options = { capture: true, passive: true };
  for (const sign of SIGNS) window.addEventListener(sign, touch, options);
  return () => {
    for (const sign of SIGNS) window.removeEventListener(sign, touch, options);
  };
}
