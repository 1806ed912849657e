import { expect, it } from "vitest";
import { fakeIpc, refusal } from "../../testing/fakeIpc";
import { exhibits } from "../../testing/sample/exhibits";
import { changeOf } from "./draft.svelte";
import { Known } from "./known.svelte";

const photo = exhibits[0] ?? expect.fail("the sample has exhibits");

it("asks for the open exhibit alone, and for all when none is open", async () => {
  const fake = fakeIpc();
  const known = new Known("d", () => true);
  await known.load();
  known.open(photo.id);
  await known.load();
  expect(fake.given("exhibits")).toHaveLength(1);
  expect(fake.given("exhibit")).toEqual([{ dossier: "d", exhibit: photo.id }]);
});

it("notices when the open exhibit was changed from outside", async () => {
  fakeIpc({ exhibit: () => ({ ...photo, level: "public" }) });
  const known = new Known("d", () => true);
  await known.load();
  known.open(photo.id);
  await known.load();
  expect(known.changedOutside).toBe(1);
  expect(known.all?.[0]?.level).toBe("public");
});

it("does not throw a draft away that has something of its own", async () => {
  fakeIpc({ exhibit: () => ({ ...photo, level: "public" }) });
  const known = new Known("d", () => false);
  await known.load();
  known.open(photo.id);
  await known.load();
  expect(known.changedOutside).toBe(0);
});

it("throws an answer away that a save has overtaken", async () => {
  let answers = 0;
  const known = new Known("d", () => true);
  fakeIpc({
    exhibit: () => {
      answers += 1;
      // The first answer was true when it was asked for; then something was saved.
      if (answers === 1) {
        known.saved(photo.id, { ...changeOf(photo), level: "specific" });
        return { ...photo, level: "secret" };
      }
      return { ...photo, level: "specific" };
    },
  });
  await known.load();
  known.open(photo.id);
  await known.load();
  expect(answers).toBe(2);
  expect([known.all?.[0]?.level, known.changedOutside]).toEqual(["specific", 0]);
});

it("shows all again when undo has taken the open exhibit away", async () => {
  const left = exhibits.slice(1);
  const known = new Known("d", () => true);
  fakeIpc();
  await known.load();
  fakeIpc({
    exhibits: () => left,
    exhibit: () => {
      throw refusal("no-such-exhibit");
    },
  });
  known.open(photo.id);
  await known.load();
  expect([known.opened, known.all?.length, known.failure]).toEqual([null, left.length, undefined]);
});
