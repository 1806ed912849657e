import { expect, it } from "vitest";
import { back, begin, forward, MOST_STEPS, step } from "./history";

it("goes back and forward through what was done", () => {
  const history = step(step(begin("a"), "b"), "c");
  expect(back(history).now).toBe("b");
  expect(back(back(history)).now).toBe("a");
  expect(forward(back(history))).toEqual(history);
});

it("stays where it is at both ends", () => {
  const history = begin("a");
  expect(back(history)).toBe(history);
  expect(forward(history)).toBe(history);
});

it("forgets what was taken back when something new is done", () => {
  const history = step(back(step(begin("a"), "b")), "c");
  expect(forward(history).now).toBe("c");
  expect(back(history).now).toBe("a");
});

it("keeps the last steps only", () => {
  let history = begin(0);
  for (let value = 1; value <= MOST_STEPS + 5; value += 1) history = step(history, value);
  expect(history.past).toHaveLength(MOST_STEPS);
  expect(history.past[0]).toBe(5);
});
