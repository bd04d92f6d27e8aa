import { ReplayClock } from './replayClock';

const at = (seconds: number) => new Date(seconds * 1000);
const settled = async () => {};

describe('ReplayClock', () => {
  it('fires what is due in its order, at its time, also what a timer set', async () => {
    const clock = new ReplayClock(at(0));
    const fired: Array<[string, number]> = [];
    const note = (name: string) => () =>
      fired.push([name, clock.now().getTime() / 1000]);
    clock.after(5000, note('b'));
    clock.after(1000, () => {
      note('a')();
      clock.after(1000, note('a2'));
    });
    clock.after(60_000, note('later'));
    clock.after(2500, note('cancelled'))();

    await clock.advanceTo(at(10), settled);

    expect(fired).toEqual([
      ['a', 1],
      ['a2', 2],
      ['b', 5],
    ]);
    expect(clock.now()).toEqual(at(10));
  });

  it('waits for what a timer started before it moves on', async () => {
    const clock = new ReplayClock(at(0));
    let working: Promise<void> | undefined;
    const seen: number[] = [];
    clock.after(1000, () => {
      working = Promise.resolve().then(() => {
        clock.after(1000, () => seen.push(clock.now().getTime()));
      });
    });
    await clock.advanceTo(at(3), async () => working);
    expect(seen).toEqual([2000]);
  });

  it('runs what is left with the machine', () => {
    jest.useFakeTimers({ now: at(100) });
    try {
      const clock = new ReplayClock(at(90));
      const fired: string[] = [];
      clock.after(15_000, () => fired.push('in five seconds'));
      clock.after(2000, () => fired.push('overdue'));
      clock.goLive();
      jest.advanceTimersByTime(0);
      expect(fired).toEqual(['overdue']);
      jest.advanceTimersByTime(5000);
      expect(fired).toEqual(['overdue', 'in five seconds']);
    } finally {
      jest.useRealTimers();
    }
  });
});
