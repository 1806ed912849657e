// Which words were begun and not handed over yet? An answer or a quotation takes a button to be given; until
// then its words outlive the point they were written at. Forgotten when the vault is locked.

const begun = new Map<string, string>();

/** What was begun under a name; blank when nothing was. */
export function begunWords(name: string): string {
  return begun.get(name) ?? "";
}

/** Keeps what is begun; blank words are forgotten. */
export function keepWords(name: string, words: string): void {
  if (words.trim() === "") begun.delete(name);
  else begun.set(name, words);
}

/** Forgets all of it. */
export function forgetWords(): void {
  begun.clear();
}
