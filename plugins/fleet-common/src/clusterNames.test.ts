import { uniqueClusterNames } from './clusterNames';

const cluster = (hub: string, name: string, kind?: 'spoke' | 'in-cluster') => ({
  id: `${hub}/${name}`,
  hub,
  name,
  kind,
});

it('keeps a name that one cluster has', () => {
  expect([
    ...uniqueClusterNames([cluster('hub', 'a'), cluster('other', 'b')]),
  ]).toEqual([
    ['hub/a', 'a'],
    ['other/b', 'b'],
  ]);
});

it('calls the cluster of Argo CD by its hub, and tells apart what several hubs call the same', () => {
  expect([
    ...uniqueClusterNames([
      cluster('hub', 'in-cluster', 'in-cluster'),
      cluster('shop', 'in-cluster', 'in-cluster'),
      cluster('hub', 'prod'),
      cluster('shop', 'prod'),
      // A spoke that is called like a hub.
      cluster('hub', 'shop'),
    ]).values(),
  ]).toEqual(['hub', 'shop-in-cluster', 'hub-prod', 'shop-prod', 'hub-shop']);
});
