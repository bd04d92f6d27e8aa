import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { clusterOf, renderField } from '../../__testUtils__/form';
import { FleetClusterLabels } from './FleetClusterLabels';
import { parseLabels, seenLabels } from './labels';

const clusters = [
  clusterOf('eu', 'prod', {
    labels: {
      'argocd.argoproj.io/secret-type': 'cluster',
      env: 'prod',
      region: 'eu',
      kubernetes_version: '1.33',
      enable_cart: 'true',
      tier: 'web',
    },
  }),
  clusterOf('eu', 'dev', { labels: { enable_cart: 'true', tier: 'batch' } }),
];

it('knows the labels of other clusters, but not where they are and what is hidden', () => {
  expect(seenLabels(clusters, ['kubernetes_version'])).toEqual([
    { name: 'enable_cart', value: 'true', clusters: 2 },
    { name: 'tier', value: 'batch', clusters: 1 },
    { name: 'tier', value: 'web', clusters: 1 },
  ]);
});

it.each([
  ['', {}],
  ['a=b, c=d\ne=', { a: 'b', c: 'd', e: '' }],
  ['example.com/team=pay.ments', { 'example.com/team': 'pay.ments' }],
])('parseLabels(%p)', (text, labels) => {
  expect(parseLabels(text)).toEqual({ labels });
});

it.each(['a', '=b', 'a=b=c', '-a=b', 'a=-b', 'a=${b}', `a=${'x'.repeat(64)}`])(
  'parseLabels refuses %p',
  text => expect(parseLabels(text).problem).toContain('is no label'),
);

it('shows what was chosen before as ticked and written, and lets it go', async () => {
  const { onChange } = renderField(FleetClusterLabels, {
    schema: { title: 'Labels' },
    value: { tier: 'web', ring: 'early' },
    fleet: { getClusters: async () => ({ items: clusters }) },
  });
  const web = await screen.findByRole('checkbox', { name: /tier=web/ });
  expect(web).toBeChecked();
  await userEvent.click(web);
  expect(onChange).toHaveBeenLastCalledWith({ ring: 'early' });
  expect(web).not.toBeChecked();
  expect(screen.getByRole('textbox')).toHaveValue('ring=early');
});

it('gives labels that are ticked, one value for each name, and those that are written', async () => {
  const { onChange } = renderField(FleetClusterLabels, {
    schema: { title: 'Labels' },
    options: { hide: ['kubernetes_version'] },
    fleet: { getClusters: async () => ({ items: clusters }) },
  });
  const box = (name: RegExp) => screen.getByRole('checkbox', { name });
  await screen.findByRole('checkbox', {
    name: 'enable_cart=true on 2 clusters',
  });
  await userEvent.click(box(/enable_cart/));
  await userEvent.click(box(/tier=web/));
  await userEvent.click(box(/tier=batch/));
  expect(box(/tier=web/)).not.toBeChecked();
  await userEvent.click(screen.getByRole('textbox'));
  await userEvent.paste('ring=early');
  expect(onChange).toHaveBeenLastCalledWith({
    enable_cart: 'true',
    tier: 'batch',
    ring: 'early',
  });
  await userEvent.paste(' x');
  expect(screen.getByRole('alert')).toHaveTextContent('“x” is no label');
  await userEvent.clear(screen.getByRole('textbox'));
  await userEvent.click(box(/enable_cart/));
  await userEvent.click(box(/tier=batch/));
  expect(onChange).toHaveBeenLastCalledWith(undefined);
});
