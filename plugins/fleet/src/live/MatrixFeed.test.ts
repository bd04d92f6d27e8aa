import { Matrix } from '@backstage-fleet/plugin-fleet-common';
import { cellAt } from '../matrix/matrix';
import { clusterOf, matrixOf, serviceOf } from '../testing/fleet';
import { MatrixFeed } from './MatrixFeed';
import { shortAge } from './age';

const services = [serviceOf('a')];
const clusters = [clusterOf('eu', 'prod')];
const full = (revision: number): Matrix =>
  matrixOf({ services, clusters, revision, cells: [[0, 0, 'healthy', '1']] });
const delta = (revision: number): Matrix => ({
  ...matrixOf({
    services,
    clusters,
    revision,
    cells: [[0, 0, 'degraded', '2']],
  }),
  full: false,
  services: [],
  clusters: [],
});

function feedOf(...answers: Array<Matrix | Error | Promise<Matrix>>) {
  const getMatrix = jest.fn(async (_since?: number) => {
    const answer = await answers.shift();
    if (answer instanceof Error) {
      throw answer;
    }
    return answer!;
  });
  return { getMatrix, feed: new MatrixFeed({ getMatrix }, () => 1_000) };
}

describe('MatrixFeed', () => {
  it('asks for the whole, then for what changed, and says which cells did', async () => {
    const { feed, getMatrix } = feedOf(full(4), delta(5));
    await feed.refresh();
    expect(feed.state().changedAt.size).toBe(0);
    await feed.refresh(5);
    expect(getMatrix.mock.calls).toEqual([[undefined], [4]]);
    expect(cellAt(feed.state().matrix!, 0, 0)).toMatchObject({
      state: 'degraded',
      running: '2',
    });
    expect([...feed.state().changedAt]).toEqual([[0, 1_000]]);
  });

  it('asks nothing for a revision it has', async () => {
    const { feed, getMatrix } = feedOf(full(4));
    await feed.refresh();
    await feed.refresh(4);
    expect(getMatrix).toHaveBeenCalledTimes(1);
  });

  it('asks once more for all that was said during a request', async () => {
    let answer: (matrix: Matrix) => void = () => {};
    const slow = new Promise<Matrix>(resolve => {
      answer = resolve;
    });
    const { feed, getMatrix } = feedOf(slow, delta(6));
    const first = feed.refresh();
    feed.refresh(5);
    const last = feed.refresh(6);
    answer(full(4));
    await Promise.all([first, last]);
    expect(getMatrix.mock.calls).toEqual([[undefined], [4]]);
    expect(feed.state().matrix?.revision).toBe(6);
  });

  it('asks for the whole where a delta does not fit', async () => {
    const stray = { ...delta(2), removed: [7, 0] };
    const { feed, getMatrix } = feedOf(full(4), stray, full(2));
    await feed.refresh();
    await feed.refresh();
    expect(getMatrix.mock.calls).toEqual([[undefined], [4], []]);
    expect(feed.state().matrix?.revision).toBe(2);
  });

  it('keeps what it has beside an error and recovers', async () => {
    const { feed } = feedOf(
      full(4),
      new TypeError('Failed to fetch'),
      delta(5),
    );
    await feed.refresh();
    await feed.refresh();
    expect(feed.state()).toMatchObject({
      error: new TypeError('Failed to fetch'),
      matrix: { revision: 4 },
    });
    await feed.refresh();
    expect(feed.state()).toMatchObject({
      error: undefined,
      matrix: { revision: 5 },
    });
  });
});

describe('shortAge', () => {
  it.each([
    [-5, '0 s'],
    [3_999, '3 s'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [47 * 3_600_000, '47 h'],
    [12 * 86_400_000, '12 d'],
  ])('%p ms is %p', (milliseconds, text) => {
    expect(shortAge(milliseconds)).toBe(text);
  });
});
