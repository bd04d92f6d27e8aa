import type { Application } from '@backstage-fleet/plugin-fleet-gitops';
import { parseVersionRule, versionBy } from './versionRule';

const files = new Map([
  ['shop/Chart.yaml', 'name: shop\nversion: 0.4.0\nappVersion: "9.9"\n'],
  ['shop/values.yaml', 'image: { repository: r/shop, tag: 2.1.0 }\n'],
  ['broken/Chart.yaml', 'version: [\n'],
]);
const from = (source: object): Application => ({
  kind: 'Application',
  metadata: { name: 'shop', namespace: 'argocd' },
  spec: { source: { repoURL: 'https://git.example/a', ...source } },
});
const git = { path: 'shop', targetRevision: 'refs/heads/release' };

describe('versionBy', () => {
  it.each([
    ['image-tag', git, '2.1.0'],
    ['chart-version', git, '0.4.0'],
    ['chart-version', { ...git, path: './shop/' }, '0.4.0'],
    ['chart-version', { chart: 'shop', targetRevision: '1.2.3' }, '1.2.3'],
    ['chart-version', { path: 'broken' }, undefined],
    ['chart-version', { path: 'none' }, undefined],
    ['target-revision', git, 'release'],
    ['target-revision', { path: 'shop' }, undefined],
  ] as const)('%s of %j', (rule, source, version) => {
    const lookup = () => ({ url: '', sha: '', files });
    expect(versionBy(rule, from(source), lookup)).toBe(version);
  });
});

it('refuses an unknown rule with the known ones', () => {
  expect(parseVersionRule(undefined)).toBe('image-tag');
  expect(() => parseVersionRule('tag')).toThrow(
    /fleet\.versions\.rule: 'tag' is not one of image-tag, chart-version, target-revision/,
  );
});
