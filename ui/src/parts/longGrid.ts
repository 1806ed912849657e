// Which rows of a long grid have to be there, so that what can be seen is there and little else?

/** What the grid looks like now, in pixels; `top` is how far its first row is above the view. */
export interface View {
  count: number;
  columns: number;
  rowHeight: number;
  top: number;
  height: number;
}

/** The things from `from` up to `to` (exclusive) are there, with empty space before and after. */
export interface Part {
  from: number;
  to: number;
  before: number;
  after: number;
}

/** How many things are simply all there. */
export const FEW = 60;
/** Rows beyond the view, so that scrolling and the Tab key find the next ones there. */
const BEYOND = 3;

/** The part of the grid that has to be there. Without a view, as before the first layout, all of it is. */
export function partOf({ count, columns, rowHeight, top, height }: View): Part {
  if (count <= FEW || height <= 0 || rowHeight <= 0) return { from: 0, to: count, before: 0, after: 0 };
  const rows = Math.ceil(count / columns);
  const first = Math.min(Math.max(Math.floor(top / rowHeight) - BEYOND, 0), Math.max(rows - 1, 0));
  const last = Math.min(Math.max(Math.ceil((top + height) / rowHeight) + BEYOND, first + 1), rows);
  return {
    from: first * columns,
    to: Math.min(last * columns, count),
    before: first * rowHeight,
    after: (rows - last) * rowHeight,
  };
}

/** The thing that a key leads to from the one at `at`; null for every other key, and at the edge. */
export function stepOf(key: string, at: number, columns: number, count: number): number | null {
  const to = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined || to === at || to < 0 || to >= count ? null : to;
}
