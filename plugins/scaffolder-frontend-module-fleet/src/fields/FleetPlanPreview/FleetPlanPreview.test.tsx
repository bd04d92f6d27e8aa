import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { planOf, renderField } from '../../__testUtils__/form';
import { FleetPlanPreview } from './FleetPlanPreview';

const options = {
  kind: 'service.onboard',
  needs: ['service', 'clusters'],
  parameters: { service: { from: 'service' }, clusters: { from: 'clusters' } },
};

function open(createPlan: jest.Mock, form: Record<string, unknown>) {
  return renderField(FleetPlanPreview, {
    schema: { type: 'null' },
    options,
    form,
    fleet: { createPlan },
  });
}

const region = () => screen.findByRole('region', { name: 'Plan' });
const filled = { service: 'loyalty', clusters: ['spoke-a'] };

describe('FleetPlanPreview', () => {
  it('says what it waits for, and asks for nothing', async () => {
    const createPlan = jest.fn();
    const { onChange } = open(createPlan, { service: 'loyalty' });
    expect(await region()).toHaveTextContent(
      'The plan appears here when these are filled in: clusters.',
    );
    expect(await region()).toHaveAttribute('aria-busy', 'false');
    expect(createPlan).not.toHaveBeenCalled();
    expect(onChange).not.toHaveBeenCalled();
  });

  it('shows Applications, stages, files and guards', async () => {
    open(
      jest.fn(async () =>
        planOf({
          creates: 1,
          applications: [
            {
              action: 'create',
              name: 'loyalty-spoke-a',
              namespace: 'argocd',
              cluster: 'spoke-a',
              fields: [],
            },
          ],
          stages: [
            { title: 'Drain', clusters: ['spoke-a'] },
            { title: 'Unregister', clusters: ['spoke-a'] },
          ],
          edits: [{ path: 'clusters/a.yaml', action: 'update', diff: '' }],
          guards: [{ id: 'x', level: 'stop', message: 'Too many deletions.' }],
        }),
      ),
      filled,
    );
    const plan = await region();
    await within(plan).findByText('loyalty-spoke-a');
    expect(plan).toHaveTextContent('Creates 1, changes 0, deletes 0');
    expect(plan).toHaveTextContent(/Drain.*Unregister/);
    expect(plan).toHaveTextContent('Too many deletions.');
    const files = within(plan).getByText('1 file');
    expect(files.closest('details')).not.toHaveAttribute('open');
    await userEvent.click(files);
    expect(plan).toHaveTextContent('clusters/a.yaml changed');
  });

  it('shows why there is no plan in its place, and the plan when the form is mended', async () => {
    const createPlan = jest
      .fn()
      .mockRejectedValueOnce(new Error('There is no cluster spoke-a.'))
      .mockResolvedValue(planOf({ creates: 3 }));
    const { setForm } = open(createPlan, filled);
    const plan = await region();
    await within(plan).findByText('There is no cluster spoke-a.');
    act(() => setForm({ ...filled, clusters: ['spoke-b'] }));
    await within(plan).findByText(/Creates 3/);
    expect(plan).not.toHaveTextContent('There is no cluster');
    expect(createPlan).toHaveBeenLastCalledWith({
      kind: 'service.onboard',
      parameters: { service: 'loyalty', clusters: ['spoke-b'] },
    });
  });

  it('asks again for a plan that an outage kept back, when told to', async () => {
    open(
      jest
        .fn()
        .mockRejectedValueOnce(new TypeError('Failed to fetch'))
        .mockResolvedValue(planOf({ creates: 1 })),
      filled,
    );
    const plan = await region();
    await within(plan).findByText(/does not answer/);
    await userEvent.click(
      within(plan).getByRole('button', { name: 'Try again' }),
    );
    await within(plan).findByText(/Creates 1/);
    expect(plan).not.toHaveTextContent('does not answer');
  });

  it('asks once for what is typed in one go, and drops answers to what is gone', async () => {
    const answers: Array<(plan: unknown) => void> = [];
    const createPlan = jest.fn(
      () => new Promise(resolve => answers.push(resolve)),
    );
    const { setForm } = open(createPlan, filled);
    const plan = await region();
    for (const service of ['l', 'lo', 'loy']) {
      act(() => setForm({ ...filled, service }));
    }
    await waitFor(() => expect(answers).toHaveLength(1));
    act(() => setForm({ ...filled, service: 'cart' }));
    await waitFor(() => expect(answers).toHaveLength(2));
    await act(async () => answers[1](planOf({ creates: 2 })));
    await act(async () => answers[0](planOf({ creates: 9 })));
    expect(plan).toHaveTextContent('Creates 2');
    expect(plan).toHaveAttribute('aria-busy', 'false');
    expect(
      (createPlan.mock.calls as any[]).map(
        ([intent]) => intent.parameters.service,
      ),
    ).toEqual(['loy', 'cart']);
  });
});
