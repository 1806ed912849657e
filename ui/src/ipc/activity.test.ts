import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import { fakeIpc } from "../testing/fakeIpc";
import { touchOnActivity } from "./activity";

it("keys and the pointer are told at most once a minute, and not at all when nobody listens", async () => {
  const fake = fakeIpc();
  const clock = vi.spyOn(performance, "now").mockReturnValue(5_000);
  const stop = touchOnActivity();
  await userEvent.keyboard("ab");
  await userEvent.pointer({ target: document.body, keys: "[MouseLeft]" });
  expect(fake.given("touch")).toHaveLength(1);
  clock.mockReturnValue(64_999);
  await userEvent.keyboard("c");
  expect(fake.given("touch")).toHaveLength(1);
  clock.mockReturnValue(65_000);
  await userEvent.pointer({ target: document.body, keys: "[MouseLeft]" });
  expect(fake.given("touch")).toHaveLength(2);
  stop();
  clock.mockReturnValue(200_000);
  await userEvent.keyboard("d");
  expect(fake.given("touch")).toHaveLength(2);
});
