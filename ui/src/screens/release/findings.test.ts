import { expect, it } from "vitest";

import { plan } from "../../testing/sample/exhibits";
import { count, grouped } from "./findings";

it("puts the gravest first, whatever the order, and leaves empty groups out", () => {
  const turned = [...plan.findings].reverse();
  expect(grouped(turned).map(({ severity }) => severity)).toEqual(["blocks", "weak", "tip"]);
  expect(grouped(turned.filter(({ severity }) => severity !== "weak"))).toHaveLength(2);
  expect(grouped([])).toEqual([]);
});

it("counts each weight by itself", () => {
  expect([count(plan.findings, "blocks"), count(plan.findings, "tip"), count([], "weak")]).toEqual([1, 1, 0]);
});
