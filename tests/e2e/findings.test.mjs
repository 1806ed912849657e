// Does the real window say what a file would give away, what was hidden badly in it, how it was before it was changed, and
// what is left of all that once it leaves?
//
// The paper is written here, object by object. Scenes stand on those before.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { stage } from "./stage.mjs";
import { Window, root, sweep, t } from "./window.mjs";

const PASSPHRASE = "seven herons walk over frozen Lanthan lake";

const { place, folders: [home, data], program } = stage("home", "data");
const paper = join(place, "order.pdf");
const photo = join(root, "assets/sample/facility-exterior.jpg");

let window;

before(async () => {
  writeFileSync(paper, changed(), "latin1");
  window = await Window.open({ binary: program, home, data });
  await window.ask("create_vault", { folder: join(home, "Evidence.lanthan"), passphrase: PASSPHRASE });
  await window.ask("create_dossier", { title: "Order with findings" });
  await window.ask("lock_vault");
  await window.reload();
});

after(async () => {
  await window?.close();
  sweep(place);
});

/** Appends objects with a table of where they begin, as every program does. */
function appended(file, objects, trailer) {
  const places = objects.map(([number, body]) => {
    const at = file.length;
    file += `${number} 0 obj\n${body}\nendobj\n`;
    return `${number} 1\n${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const at = file.length;
  return `${file}xref\n0 1\n0000000000 65535 f \n${places.join("")}trailer\n<< /Size 8 /Root 1 0 R ${trailer} >>\nstartxref\n${at}\n%%EOF\n`;
}

function stream(text) {
  return `<< /Length ${text.length} >>\nstream\n${text}\nendstream`;
}

function line(height, text) {
  return `BT /F1 22 Tf 72 ${height} Td (${text}) Tj ET\n`;
}

/** A paper whose price was replaced later, with a name that is only marked for redaction. */
function changed() {
  const first = appended(
    "%PDF-1.7\n",
    [
      [1, "<< /Type /Catalog /Pages 2 0 R >>"],
      [2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"],
      [
        3,
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [6 0 R] /Resources << /Font << /F1 5 0 R >> >> >>",
      ],
      [4, stream(line(720, "Customer: Example Lifts Ltd") + line(680, "Price 12.50 EUR each"))],
      [5, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"],
      [6, "<< /Type /Annot /Subtype /Redact /Rect [180 712 400 745] /P 3 0 R >>"],
    ],
    "",
  );
  const before = first.lastIndexOf("xref\n", first.lastIndexOf("startxref"));
  const last = stream(line(720, "Customer: Example Lifts Ltd") + line(680, "Price on request"));
  return appended(first, [[4, last]], `/Prev ${before}`);
}

async function looked(name) {
  assert.deepEqual(await window.inspectBoth(name), {});
}

test("a photograph says where it was taken, and the place gets the name that the house gives it", async () => {
  await window.fill(t("unlock.passphrase"), PASSPHRASE, { patience: 60_000 });
  await window.press(t("unlock.open"));
  await window.press("Order with findings", { exactly: false, patience: 60_000 });
  await window.press(t("dossier.exhibits"));
  await window.answerDialogs({ pick_files: [photo, paper] });
  await window.press(t("exhibits.add"));
  await window.sees(t("exhibits.added.other", { count: 2 }), 60_000);
  await window.press("facility-exterior.jpg", { exactly: false });
  await window.press(t("exhibits.place-name"));
  await looked("80-place");
  await window.press(t("exhibits.place-save"));
  await window.sees(`GPS of ${t("exhibits.place-usual")}`);
  await looked("81-named-place");
});

test("before and after stand side by side, and nothing can be dug out of what leaves", async () => {
  await window.press(t("exhibits.compare"));
  await window.sees(t("exhibits.after-nothing"), 60_000);
  await window.until("both pictures are drawn", () =>
    window.run(() => [...document.querySelectorAll("dialog[open] img")].filter((one) => one.naturalWidth > 0).length === 2),
  );
  const said = await window.run(() => document.querySelector("dialog[open]").innerText);
  assert.ok(said.includes(`GPS of ${t("exhibits.place-usual")}`), said);
  await looked("82-before-after");
  await window.press(t("shared.close"));
  await window.press(t("exhibits.all"));
});

test("what is only marked for redaction and what an earlier state showed is said in words, and one press masks", async () => {
  await window.press("order.pdf", { exactly: false });
  await window.sees(t("exhibits.hidden"), 60_000);
  await window.sees("Example Lifts Ltd");
  await window.press(t("exhibits.states-look"));
  await window.sees("12.50 EUR each", 60_000);
  await looked("83-hidden-and-earlier");
  await window.press(t("exhibits.state-open", { number: 1 }));
  await window.until("both states are drawn", () =>
    window.run(() => [...document.querySelectorAll("dialog[open] img")].filter((one) => one.naturalWidth > 0).length === 2),
  );
  await looked("84-earlier-state");
  await window.press(t("shared.close"));
  await window.press(t("exhibits.hidden-mask"));
  await window.sees(t("exhibits.hidden-covered"));
  await looked("85-covered");
});
