import { moveInGrid } from './useGridNavigation';

describe('moveInGrid', () => {
  const size = { rows: 30, columns: 9 };

  it.each([
    ['ArrowDown', false, { row: 5, column: 3 }, { row: 6, column: 3 }],
    ['ArrowUp', false, { row: 0, column: 3 }, { row: 0, column: 3 }],
    ['ArrowLeft', false, { row: 5, column: 0 }, { row: 5, column: -1 }],
    ['ArrowLeft', false, { row: 5, column: -1 }, { row: 5, column: -1 }],
    ['ArrowRight', false, { row: 5, column: 8 }, { row: 5, column: 8 }],
    ['PageDown', false, { row: 25, column: 3 }, { row: 29, column: 3 }],
    ['PageUp', false, { row: 25, column: 3 }, { row: 15, column: 3 }],
    ['Home', false, { row: 5, column: 3 }, { row: 5, column: -1 }],
    ['Home', true, { row: 5, column: 3 }, { row: 0, column: -1 }],
    ['End', false, { row: 5, column: 3 }, { row: 5, column: 8 }],
    ['End', true, { row: 5, column: 3 }, { row: 29, column: 8 }],
  ])('%s (control: %p) goes from %p to %p', (key, control, from, to) => {
    expect(moveInGrid(from, key, control, size)).toEqual(to);
  });

  it('leaves other keys alone', () => {
    expect(moveInGrid({ row: 0, column: 0 }, 'a', false, size)).toBeUndefined();
  });
});
