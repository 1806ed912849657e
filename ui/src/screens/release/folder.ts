// What is the new folder called, and where does it lie?
//
// The name is proposed from day and recipient id, so that it says nothing that the recipient does not
// know. Deliberately absent: the disk; whether the folder is free is Rust's to say.

/** A name for the folder of a release, such as `2026-11-25-supplier`. */
export function proposedName(day: string, recipient: string): string {
  return `${day}-${recipient}`;
}

/** Why a name cannot be a folder's; the last part of a text key. */
export type NameProblem = "empty" | "characters" | "reserved" | "ending" | "long";

const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

/** What speaks against a name, on the strictest of the systems that a package may travel through. */
export function nameProblem(name: string): NameProblem | undefined {
  if (name.trim() === "") return "empty";
  // Control characters are among those that no system takes.
  if (/[<>:"/\\|?*\u0000-\u001f]/.test(name)) return "characters";
  if (RESERVED.test(name) || /^\.+$/.test(name)) return "reserved";
  if (name.endsWith(".") || name !== name.trim()) return "ending";
  if (new TextEncoder().encode(name).length > 200) return "long";
  return undefined;
}

/** A folder inside a folder, written as the system of that folder writes it. */
export function inside(folder: string, name: string): string {
  const windows = /^[A-Za-z]:/.test(folder) || folder.startsWith("\\\\");
  const mark = windows ? "\\" : "/";
  const bare = windows ? folder.replace(/[\\/]+$/, "") : folder.replace(/\/+$/, "");
  return `${bare}${mark}${name}`;
}
