// How long does what was copied from a vault stay on the clipboard? A minute and a half, or until the vault is
// locked; and it is taken away only if it is still what was copied here. What a copy button gives (codes, hashes,
// paths) is meant to be handed on and stays. Deliberately absent: what other programs put there.

/** How long it stays, in milliseconds. */
export const KEPT_MS = 90_000;

let ours: string | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** The words that the page has chosen, in a field or outside of one. */
function chosen(): string {
  const field = document.activeElement;
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
    return field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0);
  }
  return document.getSelection()?.toString() ?? "";
}

/** Takes away what was copied here, if it is still there; true when it was. */
export async function clear(): Promise<boolean> {
  clearTimeout(timer);
  const expected = ours;
  ours = null;
  if (expected === null) return false;
  try {
    if (!same(await navigator.clipboard.readText(), expected)) return false;
    await navigator.clipboard.writeText("");
    return true;
  } catch {
    // A WebView that lets nobody read it: what another program may have put there is not taken away.
    return false;
  }
}

/** The system may end lines in its own way. */
function same(one: string, other: string): boolean {
  const plain = (text: string) => text.replace(/\s+/g, " ").trim();
  return plain(one) === plain(other);
}

/** Watches what is copied while a vault is open; `oncleared` hears when the time is over and it was still there. */
export function watchClipboard(oncleared: () => void): () => void {
  function remember() {
    const words = chosen();
    // The copy buttons of old WebViews go this way, too.
    if (words === "" || document.activeElement?.classList.contains("hidden-words")) return;
    ours = words;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (await clear()) oncleared();
    }, KEPT_MS);
  }
  document.addEventListener("copy", remember);
  document.addEventListener("cut", remember, true);
  return () => {
    document.removeEventListener("copy", remember);
    document.removeEventListener("cut", remember, true);
  };
}
