// Where is a story told? A place of its own for each, with folders and the programs, swept away at its end.
import { linkSync, mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";

import { root } from "./window.mjs";

/** Makes a place with folders of these names. */
export function stage(...names) {
  mkdirSync(join(root, "target/e2e"), { recursive: true });
  const place = mkdtempSync(join(root, "target/e2e/run-"));
  const folders = names.map((name) => {
    mkdirSync(join(place, name));
    return join(place, name);
  });
  // Under names of their own, so that a build in the meantime does not change them under the story.
  const [program, terminal] = ["lanthan", "lanthan-cli"].map((name) => {
    linkSync(join(root, "target/debug", name), join(place, name));
    return join(place, name);
  });
  return { place, folders, program, terminal };
}
