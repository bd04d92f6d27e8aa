/** Sizes of the grid in pixels, by density. */
export const HEADER_HEIGHT = 92;
export const GROUP_HEIGHT = 28;
export const ROW_HEIGHT = { dense: 32, comfortable: 40 } as const;
export const COLUMN_WIDTH = 118;

/** How tall the rows are. */
export type Density = keyof typeof ROW_HEIGHT;

/** What the cells say. */
export type Lens = 'version' | 'health' | 'skew' | 'changed';

/** Width of the first column; narrower where the page is. */
export function firstColumnWidth(available: number): number {
  return available < 720 ? 144 : 208;
}

/** Columns share what is left beside the first one, but never get narrower than {@link COLUMN_WIDTH}. */
export function columnWidth(available: number, count: number): number {
  if (count === 0) {
    return COLUMN_WIDTH;
  }
  return Math.max(
    COLUMN_WIDTH,
    // Rounded down to a hundredth, so that the sum never needs a scroll bar.
    Math.floor(((available - firstColumnWidth(available)) / count) * 100) / 100,
  );
}
