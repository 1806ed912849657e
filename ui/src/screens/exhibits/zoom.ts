// How large is the page on the screen?
//
// A zoom is "fit" or a scale of the page image's own pixels, 1 being 100 %. Deliberately absent: the
// screen; its size is a parameter.

/** Fitted into the room that there is, or so many screen pixels for each pixel of the image. */
export type Zoom = "fit" | number;

/** The scales that + and - go through. */
export const SCALES: readonly number[] = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4];

/** Width and height. */
export interface Extent {
  width: number;
  height: number;
}

/** The scale at which an image fits into a room; never above its own size times two. */
export function fitScale(image: Extent, room: Extent): number {
  if (image.width <= 0 || image.height <= 0 || room.width <= 0 || room.height <= 0) return 1;
  return Math.min(room.width / image.width, room.height / image.height, 2);
}

/** The scale of a zoom. */
export function scaleOf(zoom: Zoom, image: Extent, room: Extent): number {
  return zoom === "fit" ? fitScale(image, room) : zoom;
}

/** The next larger (1) or smaller (-1) scale. */
export function nextScale(scale: number, way: 1 | -1): number {
  const close = 0.001;
  const found =
    way === 1
      ? SCALES.find((known) => known > scale + close)
      : SCALES.findLast((known) => known < scale - close);
  return found ?? scale;
}
