// Do the checks lead to what is to be mended, is wording judged while one types, and does the glossary help?
//
// On the sample dossier, in scenes that stand on those before; pictures are kept in target/e2e.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { stage } from "./stage.mjs";
import { Window, sweep, t } from "./window.mjs";

const PASSPHRASE = "seven herons walk over frozen Lanthan lake";
const { place, folders: [home, data], program } = stage("home", "data");

let window;
let dossier;
const barriers = {};

async function look(name) {
  const found = await window.inspect(name);
  if (found.length > 0) barriers[name] = found;
}

async function goTo(screen) {
  await window.press(t(`dossier.${screen}`));
  const label = t(`dossier.${screen}`);
  await window.until(`the screen ${screen}`, () =>
    window.run((name) => document.querySelector("main#screen")?.getAttribute("aria-label") === name, label),
  );
}

/** What stands under a key. */
async function kept(key) {
  const [field] = await window.ask("form", { dossier, keys: [key] });
  return field.value;
}

before(async () => {
  window = await Window.open({ binary: program, home, data });
  await window.ask("create_vault", { folder: join(home, "Evidence.lanthan"), passphrase: PASSPHRASE });
  dossier = await window.ask("load_sample");
  await window.reload();
  const { title } = (await window.ask("list_dossiers"))[0];
  await window.press(title, { exactly: false });
  await window.find("group", t("checklist.list"), { patience: 120_000 });
});

after(async () => {
  await window?.close();
  sweep(place);
});

test("the checks say what differs, why it matters, and lead to its field", async () => {
  await window.ask("save_fields", { dossier, entries: [{ key: "certificate.signed", en: "2026-09-13", zh: "" }] });
  await goTo("consistency");
  const { checks } = await window.ask("consistency", { dossier });
  assert.equal(checks.length, 15);
  for (const check of checks) await window.sees(check.title.en);
  const dates = checks.find(({ id }) => id === "dates");
  assert.equal(dates.standing, "differs");
  await window.press(dates.title.en, { exactly: false });
  await window.sees(dates.discords[0].text);
  await window.sees(dates.why);
  await window.sees(dates.grounds.basisLabel);
  await look("40-checks");
  await window.press(t("consistency.show"));
  await window.until("the field has the cursor", () => window.run(() => document.activeElement?.value === "2026-09-13"));
  await look("41-check-field");
});

test("a fault of the draft is found, and taken on only with a reason", async () => {
  const text = "Certificate for PO-2026-0417. The end user pays liquidated damages.";
  const zh = "PO-2026-0417订单的证明。最终用户支付违约金。";
  await window.ask("save_fields", { dossier, entries: [{ key: "certificate.text", en: text, zh }] });
  await goTo("checklist");
  await goTo("consistency");
  await window.press(t("consistency.draft"), { exactly: false });
  await window.sees("The end user pays liquidated damages");
  await look("42-draft");
  await window.press(t("consistency.accept"));
  await window.fill(t("consistency.accept-reason"), "The board agreed");
  await window.press(t("consistency.accept-save"));
  await window.until("it is taken on", async () => {
    const { faults } = await window.ask("consistency", { dossier });
    return faults.find(({ id }) => id === "penalty").accepted?.reason === "The board agreed";
  });
});

test("wording is judged while one types, and the glossary puts a term where the cursor stands", async () => {
  await goTo("statements");
  await window.press((await window.ask("statements", { dossier })).find(({ id }) => id === "end-use-statement").title.en, {
    exactly: false,
  });
  const area = (key, lang) => document.querySelector(`[data-key="${key}"] textarea[lang=${lang}]`);
  const component = await window.until("the field", () => window.run(area, "end-use.component", "en"));
  await window.run((one) => one.scrollIntoView({ block: "center" }), component);
  const type = (element, words) => window.run((one, typed) => {
    one.focus();
    one.value = typed;
    one.dispatchEvent(new Event("input", { bubbles: true }));
  }, element, words);
  await type(component, "Motor");
  await window.sees(t("shared.wording-too-vague"));
  await look("43-wording");
  await type(component, "Woofer SA-130 N, 130 mm");
  await window.seesNoMore(t("shared.wording-too-vague"));
  const chinese = await window.run(area, "end-use.component", "zh");
  await type(chinese, "的单元");
  await window.until("what was typed is kept", async () => (await kept("end-use.component")).zh === "的单元");
  await window.run((one) => one.setSelectionRange(0, 0), chinese);
  const open = await window.run(
    () => document.querySelector('[data-key="end-use.component"] .glossary button'),
  );
  await window.click(open);
  await window.fill(t("shared.glossary-find"), "yangsheng");
  await window.press(t("shared.glossary-insert", { zh: "扬声器", en: "loudspeaker" }));
  await look("44-glossary");
  await window.until("it is kept", async () => (await kept("end-use.component")).zh === "扬声器的单元");
});

test("a customer's Chinese name is entered, and from then on keeps anything with it from leaving", async () => {
  await goTo("parties");
  await window.press("Nordklang Example AB", { exactly: false });
  await window.press(t("parties.edit"));
  await window.fill(t("parties.name-zh"), "北声示例", { exactly: false });
  await look("45-party-names");
  await window.press(t("shared.save"));
  await window.until("the name is kept", async () => {
    const { parties } = await window.ask("dossier", { dossier });
    return parties.some(({ nameZh }) => nameZh === "北声示例");
  });
  await window.press("Sample Audio S.r.l.", { exactly: false });
  await window.sees("No match is not clearance.");
  await look("46-screening");
  await window.ask("save_fields", { dossier, entries: [{ key: "end-use.product", en: "SA-130", zh: "北声示例的SA-130" }] });
  const { findings } = await window.ask("plan", { dossier, recipient: "supplier" });
  assert.ok(findings.some(({ code, severity }) => code === "term-in-package" && severity === "blocks"));
});

test("the firm answers its own-side questions, which stay in the house", async () => {
  await goTo("checklist");
  const line = () => document.getElementById("line-own-country-legal-check");
  await window.click(await window.until("the point", () => window.run(line)));
  await window.sees(t("checklist.own-side"));
  await window.run(() => document.querySelector("main#screen input[type=radio][value=no]").click());
  await window.fill(t("checklist.own-side-reason"), "No drawing leaves");
  await window.press(t("checklist.own-side-save"));
  await window.until("it is kept", async () => {
    const [first] = await window.ask("own_side", { dossier });
    return first.answer?.reason === "No drawing leaves" && first.answer.yes === false;
  });
  await look("47-own-side");
});

test("nothing serious is in anybody's way on these screens", () => {
  assert.deepEqual(barriers, {});
});
