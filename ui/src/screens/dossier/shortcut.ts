// Which keys mean something to the whole dossier?

/** `undo`, or the number of a screen from 1; null for every other key. */
export function shortcutOf(event: KeyboardEvent): "undo" | `${number}` | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return null;
  if (event.key.toLowerCase() === "z") return "undo";
  return /^[1-9]$/.test(event.key) ? (event.key as `${number}`) : null;
}

/** True when the keys go into a field that has an undo of its own. */
export function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && ["text", "password", "search", "number"].includes(target.type);
}
