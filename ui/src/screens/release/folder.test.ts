import { expect, it } from "vitest";
import { inside, nameProblem, proposedName } from "./folder";

it("proposes day and recipient, and the proposal is always good", () => {
  expect(proposedName("2026-11-25", "supplier")).toBe("2026-11-25-supplier");
  expect(nameProblem(proposedName("2026-11-25", "con"))).toBeUndefined();
});

it("refuses names that leave the folder or that some system cannot have", () => {
  expect(nameProblem("")).toBe("empty");
  expect(nameProblem("  ")).toBe("empty");
  expect(nameProblem("a/b")).toBe("characters");
  expect(nameProblem("a\\b")).toBe("characters");
  expect(nameProblem("a\u0007b")).toBe("characters");
  expect(nameProblem("..")).toBe("reserved");
  expect(nameProblem("NUL.txt")).toBe("reserved");
  expect(nameProblem("folder.")).toBe("ending");
  expect(nameProblem(" folder")).toBe("ending");
  expect(nameProblem("x".repeat(201))).toBe("long");
  expect(nameProblem("x".repeat(200))).toBeUndefined();
});

it("joins as the system writes it", () => {
  expect(inside("/home/me/out", "a")).toBe("/home/me/out/a");
  expect(inside("/", "a")).toBe("/a");
  expect(inside("C:\\out", "a")).toBe("C:\\out\\a");
  expect(inside("C:\\", "a")).toBe("C:\\a");
  expect(inside("\\\\server\\share\\", "a")).toBe("\\\\server\\share\\a");
});
