import { fireEvent, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";

import { fakeIpc } from "../../testing/fakeIpc";
import { exhibits } from "../../testing/sample/exhibits";
import { Editing } from "./editing.svelte";
import Template from "./Template.svelte";

const order = exhibits.find(({ id }) => id === "purchase-order") ?? expect.fail("the sample has an order");

async function begin() {
  const fake = fakeIpc();
  const onmasked = vi.fn();
  const editing = new Editing(order.masks, vi.fn());
  render(Template, { editing, dossier: "d", exhibit: order.id, nameOf: (id: string) => `The ${id}`, settle: async () => true, onmasked });
  await userEvent.click(screen.getByRole("button", { name: "Look for pages like page 1" }));
  const picture = await screen.findByRole("img", { name: "The purchase-order, page 2" });
  return { fake, onmasked, picture };
}

it("puts masks on by Enter once the page can be seen, and takes them back by Backspace", async () => {
  const { fake, onmasked, picture } = await begin();
  await userEvent.keyboard("{Enter}");
  expect(fake.given("mask_like")).toEqual([]);
  await fireEvent.load(picture);
  await userEvent.keyboard("{Enter}");
  expect(fake.given("mask_like")).toEqual([{ dossier: "d", exhibit: order.id, page: 1, target: order.id, targetPage: 2 }]);
  expect(await screen.findByText("1 page got the masks.")).toBeVisible();
  await userEvent.keyboard("{Backspace}");
  expect(fake.given("undo")).toEqual([{ dossier: "d", seen: 10 }]);
  expect(await screen.findByRole("img", { name: "The purchase-order, page 2" })).toBeInTheDocument();
  await userEvent.keyboard("s");
  expect(fake.given("mask_like")).toHaveLength(1);
  for (const close of screen.getAllByRole("button", { name: "Close" }).slice(-1)) await userEvent.click(close);
  expect(onmasked).toHaveBeenCalledTimes(1);
});

it("asks for nothing on a page without masks", () => {
  fakeIpc();
  const editing = new Editing([], vi.fn());
  render(Template, { editing, dossier: "d", exhibit: order.id, nameOf: String, settle: async () => true, onmasked: vi.fn() });
  expect(screen.getByRole("button", { name: "Look for pages like page 1" })).toBeDisabled();
});
