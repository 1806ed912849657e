// Where does a new vault lie? A folder, and in it `NAME.lanthan`.

const ENDING = ".lanthan";

/** Splits a proposed vault folder into the place it lies in and its name. */
export function splitPlace(folder: string): { place: string; name: string } {
  const at = Math.max(folder.lastIndexOf("/"), folder.lastIndexOf("\\"));
  return { place: folder.slice(0, Math.max(at, 0)) || "/", name: vaultName(folder) };
}

/** The folder of a vault with this name in this place. */
export function joinPlace(place: string, name: string): string {
  const slash = place.includes("\\") && !place.includes("/") ? "\\" : "/";
  const stem = place.endsWith(slash) ? place.slice(0, -1) : place;
  return `${stem}${slash}${name.trim()}${ENDING}`;
}

/** The name of a vault: the last part of its folder, without the ending. */
export function vaultName(folder: string): string {
  const last = folder.split(/[/\\]/).filter(Boolean).at(-1) ?? folder;
  return last.endsWith(ENDING) ? last.slice(0, -ENDING.length) : last;
}

/** The folder that a vault lies in, for people. */
export function vaultPlace(folder: string): string {
  return splitPlace(folder).place;
}

/** True when a name can be that of a folder on every system. */
export function isName(name: string): boolean {
  return name.trim() !== "" && !/[/\\:*?"<>|\u0000-\u001f]/.test(name) && !/^\.|[. ]$/.test(name.trim());
}
