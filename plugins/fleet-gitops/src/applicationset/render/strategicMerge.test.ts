import { application } from '../schema/application';
import { strategicMerge, StrategicMergeError } from './strategicMerge';

const original = {
  metadata: { labels: { a: '1', b: '2' }, finalizers: ['x', 'y'] },
  spec: {
    project: 'services',
    info: [{ name: 'a', value: '1' }],
    source: { helm: { valuesObject: { image: { tag: '1' }, keep: 1 } } },
  },
};

describe('strategicMerge', () => {
  it.each<[string, any, any]>([
    [
      'merges maps and removes what is null',
      { metadata: { labels: { b: null, c: '3' } } },
      { metadata: { labels: { a: '1', c: '3' } } },
    ],
    [
      'replaces a list',
      { spec: { info: [{ name: 'b', value: '2' }] } },
      { spec: { info: [{ name: 'b', value: '2' }] } },
    ],
    [
      'joins finalizers, new ones first',
      { metadata: { finalizers: ['z', 'y'] } },
      { metadata: { finalizers: ['z', 'x', 'y'] } },
    ],
    [
      'takes finalizers out of the list',
      { metadata: { '$deleteFromPrimitiveList/finalizers': ['x'] } },
      { metadata: { finalizers: ['y'] } },
    ],
    [
      'keeps the listed keys only',
      { metadata: { labels: { $retainKeys: ['b', 'c'], c: '3' } } },
      { metadata: { labels: { b: '2', c: '3' } } },
    ],
    [
      'replaces a map as a whole',
      { metadata: { labels: { $patch: 'replace', c: '3' } } },
      { metadata: { labels: { c: '3' } } },
    ],
  ])('%s', (_, patch, expected) => {
    const before = JSON.stringify(original);
    const merged = strategicMerge(original, patch, application);
    expect(merged).toEqual({
      metadata: { ...original.metadata, ...expected.metadata },
      spec: { ...original.spec, ...expected.spec },
    });
    expect(JSON.stringify(original)).toBe(before);
  });

  it.each([
    [{ spec: { source: { helm: { valuesObject: { image: { tag: '2' } } } } } }],
    [{ metadata: { labels: { $patch: 'merge' } } }],
    [{ metadata: { labels: { $retainKeys: ['b'], c: '3' } } }],
  ])('refuses %j', patch => {
    expect(() => strategicMerge(original, patch, application)).toThrow(
      StrategicMergeError,
    );
  });
});
