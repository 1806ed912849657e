// What was just done, said for a moment at the lower edge? `toast(…)` says it from anywhere.

interface Toast {
  id: number;
  text: string;
}

let next = 0;

/** What is being said now, the oldest first. */
export const toasts: Toast[] = $state([]);

/** Says a sentence for a few seconds. */
export function toast(text: string, milliseconds = 4500): void {
  const id = next++;
  toasts.push({ id, text });
  setTimeout(() => {
    const at = toasts.findIndex((known) => known.id === id);
    if (at >= 0) toasts.splice(at, 1);
  }, milliseconds);
}

/** Says nothing more of what was said: whoever comes now must not read it. */
export function hush(): void {
  toasts.length = 0;
}
