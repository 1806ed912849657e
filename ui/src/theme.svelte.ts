// Light or dark? As the system says, until the user says otherwise. Kept only as long as the window is open.

/** What can be chosen. */
export const themes = ["auto", "light", "dark"] as const;

/** One of them. */
export type Theme = (typeof themes)[number];

let chosen = $state<Theme>("auto");

/** What is chosen now. */
export function theme(): Theme {
  return chosen;
}

/** Chooses; the page follows at once. */
export function chooseTheme(theme: Theme): void {
  chosen = theme;
  if (theme === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}
