import { FieldChange, FileEdit } from '@backstage-fleet/plugin-fleet-common';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { planOf } from '../../testing/fleet';
import { FieldChanges } from './FieldChanges';
import { PlanView } from './PlanView';

const edits: FileEdit[] = [
  { path: 'claims/new.yaml', action: 'create', diff: '' },
  { path: 'claims/old.yaml', action: 'delete', diff: '' },
  { path: 'claims/eu.yaml', action: 'update', diff: '' },
];

describe('FieldChanges', () => {
  it.each<[FieldChange, string]>([
    [{ path: 'version', before: '1', after: '2' }, 'version 1 → 2'],
    [{ path: 'project', after: 'shop' }, 'project is set to shop'],
    [{ path: 'project', before: 'shop' }, 'project is removed shop'],
    [{ path: 'claims/new.yaml' }, 'claims/new.yaml is added '],
    [{ path: 'claims/old.yaml' }, 'claims/old.yaml is removed '],
    [{ path: 'claims/eu.yaml' }, 'claims/eu.yaml changes '],
  ])('%j: %s', async (field, text) => {
    renderInTestApp(<FieldChanges fields={[field]} edits={edits} />);
    expect((await screen.findByRole('listitem')).textContent).toBe(text);
  });
});

describe('PlanView', () => {
  it('says in a sentence what happens, names what each stage adds to its title, and who may override', async () => {
    renderInTestApp(
      <PlanView
        plan={planOf('payments', ['eu', 'us'], {
          sentence: 'Creates 2 Applications on `eu` and `us`.',
          stages: [
            { title: 'Drain eu', clusters: ['eu'] },
            { title: 'Unregister', clusters: ['eu'] },
          ],
          guards: [
            {
              id: 'deletions',
              level: 'stop',
              message: 'Deletes 7 Applications.',
              overridePermission: 'fleet.change.override',
            },
          ],
        })}
      />,
    );
    expect(
      await screen.findByText(/Creates 2 Applications on/),
    ).toBeInTheDocument();
    expect(
      screen
        .getByText('Unregister')
        .closest('ol')!
        .textContent!.replace(/\s+/g, ' '),
    ).toBe('Drain eu Unregister eu');
    expect(screen.getByText(/may override it/)).toHaveTextContent(
      'Who has fleet.change.override may override it.',
    );
  });

  it('says what could not be checked in a line that opens up', async () => {
    const rule = {
      file: 'claims/eu.yaml',
      field: 'spec.network',
      rule: 'isCIDR(self)',
      reason: 'unknown function isCIDR',
    };
    renderInTestApp(
      <PlanView
        plan={planOf('payments', [], {
          notChecked: [rule, { ...rule, field: '', rule: 'isIP(self.ip)' }],
        })}
      />,
    );
    const line = await screen.findByText(
      '2 rules of the claim could not be checked here',
    );
    const details = line.closest('details')!;
    expect(details).not.toHaveAttribute('open');
    await userEvent.click(line);
    expect(
      within(details)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual([
      'spec.network: isCIDR(self) unknown function isCIDR (claims/eu.yaml)',
      'isIP(self.ip) unknown function isCIDR (claims/eu.yaml)',
    ]);
  });

  it('names the first clusters of a wave, and the others when asked', async () => {
    const clusters = Array.from({ length: 10 }, (_, at) => `spoke-${at}`);
    renderInTestApp(
      <PlanView
        plan={planOf('payments', [], {
          stages: [
            { title: 'Wave 1', clusters },
            { title: 'Wave 2', clusters: ['last'] },
          ],
        })}
      />,
    );
    const wave = (await screen.findByText('Wave 1')).closest('li')!;
    expect(wave).toHaveTextContent('spoke-7');
    expect(wave).not.toHaveTextContent('spoke-8');
    await userEvent.click(
      within(wave).getByRole('button', { name: 'and 2 more clusters' }),
    );
    expect(wave).toHaveTextContent(clusters.join(', '));
    expect(screen.getByText('Wave 2').closest('li')).toHaveTextContent('last');
  });
});
