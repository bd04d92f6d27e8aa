import { clusterOf } from '../../__testUtils__/form';
import { clusterChoiceProblem, groupByRegion } from './clusters';

describe('clusterChoiceProblem', () => {
  it.each([
    [undefined, undefined, 'Choose at least one cluster.'],
    [[], ['a'], 'Choose at least one cluster.'],
    [['a'], ['a', 'b'], undefined],
    [['a'], undefined, undefined],
    [
      ['a', 'x'],
      ['a'],
      'x is not registered in any hub. Choose among the clusters listed.',
    ],
    [
      ['y', 'x'],
      ['a'],
      'y, x are not registered in any hub. Choose among the clusters listed.',
    ],
  ])('%p of %p: %p', (chosen, known, problem) => {
    expect(clusterChoiceProblem(chosen, known)).toBe(problem);
  });
});

it('keeps every cluster in one group, those without a region last', () => {
  const [lab, prod, staging, other] = [
    clusterOf(undefined, 'lab'),
    clusterOf('eu-west-1', 'prod'),
    clusterOf('eu-west-1', 'staging'),
    clusterOf('us-east-1', 'prod'),
  ];
  expect(groupByRegion([lab, prod, staging, other])).toEqual([
    { region: 'eu-west-1', clusters: [prod, staging] },
    { region: 'us-east-1', clusters: [other] },
    { region: '', clusters: [lab] },
  ]);
});
