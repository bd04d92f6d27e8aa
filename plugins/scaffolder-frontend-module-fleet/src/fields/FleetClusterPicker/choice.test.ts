import { clusterOf } from '../../__testUtils__/form';
import { hindranceOf, matches, valuesOf } from './choice';

const running = new Set(['hub/spoke-eu-west-1-prod']);
const here = clusterOf('eu-west-1', 'prod');
const there = clusterOf('us-east-1', 'prod');
const pet = clusterOf('us-east-1', 'dev', { declared: 'pet' });
const claim = { ...pet, registered: false };
const hub = clusterOf(undefined, 'hub', { kind: 'in-cluster' });

it.each([
  ['deploy', here, running, 'hasIt'],
  ['deploy', there, running, undefined],
  ['deploy', here, undefined, undefined],
  ['deploy', pet, running, 'pet'],
  ['deploy', claim, running, 'claimOnly'],
  ['change', here, running, undefined],
  ['change', there, running, 'lacksIt'],
  ['change', there, undefined, undefined],
  ['remove', here, running, undefined],
  ['remove', pet, running, 'pet'],
  ['remove', hub, running, 'hubItself'],
] as const)('to %s on %o: %s', (purpose, cluster, on, hindrance) => {
  expect(hindranceOf(cluster, purpose, on)).toBe(hindrance);
});

it('tells apart what two hubs call the same', () => {
  const elsewhere = { ...here, id: 'other/spoke-eu-west-1-prod', hub: 'other' };
  expect(hindranceOf(elsewhere, 'deploy', running)).toBeUndefined();
  expect(hindranceOf(elsewhere, 'change', running)).toBe('lacksIt');
});

it.each([
  [{ text: '' }, true],
  [{ text: 'EU-west' }, true],
  [{ text: 'enable_cart=true' }, true],
  [{ text: 'enable_cart = true' }, true],
  [{ text: 'enable_cart=false' }, false],
  [{ text: '', environment: 'prod', region: 'eu-west-1' }, true],
  [{ text: '', environment: 'staging' }, false],
  [{ text: '', region: 'us-east-1' }, false],
])('%o lists the cluster: %p', (filter, listed) => {
  const cluster = { ...here, labels: { enable_cart: 'true' } };
  expect(matches(cluster, filter)).toBe(listed);
});

it('names each environment and region once', () => {
  const all = [there, here, pet, hub];
  expect(valuesOf(all, 'environment')).toEqual(['dev', 'hub', 'prod']);
  expect(valuesOf(all, 'region')).toEqual(['eu-west-1', 'us-east-1']);
});
