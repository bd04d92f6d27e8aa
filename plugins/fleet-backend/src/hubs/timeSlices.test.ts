import { TimeSlices } from './timeSlices';

/** A loop whose turns a test makes, and work that takes as long as it says. */
function loop(milliseconds: number) {
  let time = 0;
  let next: Array<() => void> = [];
  const slices = new TimeSlices({
    milliseconds,
    now: () => time,
    nextTurn: callback => next.push(callback),
  });
  return {
    slices,
    /** Milliseconds of work so far. */
    get worked() {
      return time;
    },
    get idle() {
      return next.length === 0;
    },
    takes: (duration: number) => () => {
      time += duration;
    },
    async turn() {
      const callbacks = next;
      next = [];
      callbacks.forEach(callback => callback());
      // What waits for the work goes on before the next turn.
      for (let step = 0; step < 10; step++) await Promise.resolve();
    },
  };
}

/** Somebody who reads a list of so many pieces, one after the other. */
async function read(
  slices: TimeSlices,
  pieces: number,
  work: (piece: number) => void,
) {
  for (let piece = 0; piece < pieces; piece++) {
    await slices.run(() => work(piece));
  }
}

describe('TimeSlices', () => {
  it.each([1, 10, 100])(
    'keeps each turn to its share with %s hubs that are listed together',
    async hubs => {
      const world = loop(8);
      const takes = world.takes(3);
      const done = Array.from({ length: hubs }, () =>
        read(world.slices, 20, takes),
      );
      let longest = world.worked;
      while (!world.idle) {
        const before = world.worked;
        await world.turn();
        longest = Math.max(longest, world.worked - before);
      }
      await Promise.all(done);
      expect(world.worked).toBe(hubs * 20 * 3);
      // The piece during which the share is used up is ended.
      expect(longest).toBeLessThanOrEqual(8 + 3);
    },
  );

  it('gives everybody their turn', async () => {
    const world = loop(2);
    const order: string[] = [];
    const reader = (name: string) =>
      read(world.slices, 3, () => {
        order.push(name);
        world.takes(2)();
      });
    const done = [reader('a'), reader('b'), reader('c')];
    while (!world.idle) await world.turn();
    await Promise.all(done);
    expect(order.join('')).toBe('abcabcabc');
  });

  it('works at once where nobody else does', async () => {
    const { slices, takes } = loop(8);
    const work = jest.fn(takes(1));
    void slices.run(work);
    void slices.run(work);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('hands on what work gives or throws', async () => {
    const slices = new TimeSlices();
    await expect(slices.run(() => 1)).resolves.toBe(1);
    const failing = slices.run(() => {
      throw new Error('garbage');
    });
    await expect(failing).rejects.toThrow('garbage');
    await expect(slices.run(() => 2)).resolves.toBe(2);
  });
});
