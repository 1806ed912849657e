import { expect, it, vi } from "vitest";
import type { AlikePageDto } from "../../ipc/generated/AlikePageDto";
import { Review } from "./review.svelte";

const pages: AlikePageDto[] = [2, 3, 4].map((page) => ({
  exhibit: "order",
  page,
  masks: [{ page, x: 1000, y: 1000, w: 500, h: 500, reason: "price" }],
}));

function begun() {
  let revision = 10;
  const put = vi.fn(async () => (revision += 1));
  const takeBack = vi.fn(async (seen: number) => {
    if (seen !== revision) throw new Error("another change came between");
    return (revision += 1);
  });
  return { review: new Review(pages, { put, takeBack }), put, takeBack };
}

it("puts masks on a confirmed page alone", async () => {
  const { review, put } = begun();
  review.skip();
  await review.confirm();
  expect(put).toHaveBeenCalledExactlyOnceWith(pages[1]);
  expect([review.at, review.confirmed, review.current]).toEqual([2, 1, pages[2]]);
  review.skip();
  expect(review.current).toBeUndefined();
  await review.confirm();
  expect(put).toHaveBeenCalledTimes(1);
});

it("takes one answer back after the other, and nothing from the vault for a skipped page", async () => {
  const { review, takeBack } = begun();
  await review.confirm();
  await review.confirm();
  review.skip();
  await review.back();
  expect(takeBack).not.toHaveBeenCalled();
  await review.back();
  await review.back();
  expect(takeBack.mock.calls).toEqual([[12], [13]]);
  expect([review.at, review.failure]).toEqual([0, undefined]);
  await review.back();
  expect(takeBack).toHaveBeenCalledTimes(2);
});

it("stays on its page and says why when the vault refuses", async () => {
  const refused = new Error("no room");
  const review = new Review(pages, { put: () => Promise.reject(refused), takeBack: async () => 0 });
  await review.confirm();
  expect([review.at, review.failure, review.busy]).toEqual([0, refused, false]);
});
