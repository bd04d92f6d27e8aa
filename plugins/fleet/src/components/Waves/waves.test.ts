import fc from 'fast-check';
import {
  AT_ONCE,
  WaveChoice,
  WaveCluster,
  numbersOnOffer,
  regionsInOrder,
  wavesOf,
} from './waves';

const clusters: WaveCluster[] = [
  { name: 'a', region: 'eu' },
  { name: 'b', region: 'us' },
  { name: 'c', region: 'eu' },
];

describe('wavesOf', () => {
  it.each<[string, Partial<WaveChoice>, WaveCluster[], object | undefined]>([
    ['at once', {}, clusters, undefined],
    [
      'by region, those without a place last',
      { pace: 'region', regions: ['us', 'gone'] },
      clusters,
      { by: 'region', order: ['us', 'eu'] },
    ],
    [
      'one region has no waves',
      { pace: 'region', regions: ['us'] },
      [clusters[0], clusters[2]],
      undefined,
    ],
    [
      'one after the other',
      { pace: 'each' },
      clusters,
      { by: 'list', clusters: [['a'], ['b'], ['c']] },
    ],
    ['one cluster', { pace: 'each' }, clusters.slice(0, 1), undefined],
    [
      'own waves, without those that are empty',
      { pace: 'own', numbers: { a: 3, b: 1, gone: 2 } },
      clusters,
      { by: 'list', clusters: [['b', 'c'], ['a']] },
    ],
    [
      'all in one wave',
      { pace: 'own', numbers: { a: 2, b: 2, c: 2 } },
      clusters,
      undefined,
    ],
  ])('%s', (_case, choice, given, waves) => {
    expect(wavesOf({ ...AT_ONCE, ...choice }, given)).toEqual(waves);
  });

  it('has every cluster in exactly one wave, the waves in their order', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...names)),
        fc.dictionary(
          fc.constantFrom(...names),
          fc.integer({ min: 1, max: 5 }),
        ),
        (given, numbers) => {
          const waves = wavesOf(
            { ...AT_ONCE, pace: 'own', numbers },
            given.map(name => ({ name })),
          );
          const used = new Set(given.map(name => numbers[name] ?? 1));
          const lists = waves?.by === 'list' ? waves.clusters : [];
          const several = used.size > 1;
          expect(lists.flat().sort()).toEqual(several ? given.sort() : []);
          expect(
            lists.map(wave => [
              ...new Set(wave.map(name => numbers[name] ?? 1)),
            ]),
          ).toEqual(several ? [...used].sort().map(number => [number]) : []);
        },
      ),
    );
  });
});

describe('what can be chosen', () => {
  it.each<[string, WaveChoice['numbers'], number[]]>([
    ['the second wave at first', {}, [1, 2]],
    ['one more than is in use', { a: 2 }, [1, 2, 3]],
    ['no more than there are clusters', { a: 3 }, [1, 2, 3]],
    ['what is in use, though clusters have gone', { a: 5 }, [1, 2, 3, 4, 5]],
  ])('is %s', (_case, numbers, offered) => {
    expect(numbersOnOffer({ ...AT_ONCE, numbers }, clusters)).toEqual(offered);
  });

  it('is an order of the regions that are meant', () => {
    expect(regionsInOrder([...clusters, { name: 'd' }], [])).toEqual([
      'eu',
      'us',
    ]);
    expect(regionsInOrder(clusters, ['ap', 'us'])).toEqual(['us', 'eu']);
  });
});
