import { fleetApiRef } from '@backstage-fleet/plugin-fleet';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { extractSchemaFromStep } from '@backstage/plugin-scaffolder-react/alpha';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { planOf } from '../__testUtils__/form';
import { FleetReviewStep, ReviewButtonLabels } from './FleetReviewStep';

const pages = (overrides?: object) => [
  { properties: { service: { title: 'Service', type: 'string' } } },
  {
    properties: {
      many: { title: 'Delete many', type: 'boolean' },
      plan: {
        type: 'null',
        'ui:field': 'FleetPlanPreview',
        'ui:options': {
          kind: 'service.offboard',
          needs: ['service'],
          parameters: { service: { from: 'service' } },
          ...(overrides && { overrides }),
        },
        'ui:backstage': { review: { show: false } },
      },
    },
  },
];

function open(
  createPlan: () => Promise<unknown>,
  more: {
    overrides?: object;
    form?: Record<string, unknown>;
    labels?: ReviewButtonLabels;
    steps?: any[];
  } = {},
) {
  const handleCreate = jest.fn();
  const handleBack = jest.fn();
  const steps = (more.steps ?? pages(more.overrides)).map(page => ({
    mergedSchema: page,
    ...extractSchemaFromStep(page),
  }));
  renderInTestApp(
    <FleetReviewStep
      disableButtons={false}
      formData={{ service: 'loyalty', ...more.form } as any}
      steps={steps}
      handleBack={handleBack}
      handleReset={() => {}}
      handleCreate={handleCreate}
      labels={more.labels}
    />,
    { apis: [[fleetApiRef, { createPlan } as any]] },
  );
  return { handleCreate, handleBack };
}

const button = (name = 'Create') => screen.findByRole('button', { name });
const stopping = planOf({
  deletes: 9,
  guards: [{ id: 'deletions', level: 'stop', message: 'Deletes too much.' }],
});

describe('FleetReviewStep', () => {
  it('shows what was filled in and its plan, and waits for the plan before one can create', async () => {
    let answer: (plan: unknown) => void = () => {};
    const createPlan = jest.fn(
      () => new Promise(resolve => (answer = resolve)),
    );
    const { handleCreate, handleBack } = open(createPlan);
    expect(await screen.findByText('loyalty')).toBeInTheDocument();
    expect(await button()).toBeDisabled();
    expect(screen.getByRole('status')).toHaveTextContent(
      'Waiting for the plan.',
    );
    await waitFor(() => expect(createPlan).toHaveBeenCalled());
    await act(async () => answer(planOf({ creates: 2 })));
    expect(screen.getByRole('region', { name: 'Plan' })).toHaveTextContent(
      'Creates 2, changes 0, deletes 0',
    );
    expect(screen.getByRole('status')).toBeEmptyDOMElement();
    await userEvent.click(await button());
    await userEvent.click(await button('Back'));
    expect(handleCreate).toHaveBeenCalledTimes(1);
    expect(handleBack).toHaveBeenCalledTimes(1);
    expect(createPlan).toHaveBeenCalledWith({
      kind: 'service.offboard',
      parameters: { service: 'loyalty' },
    });
  });

  it('lets nobody create what a guard stops, and says why', async () => {
    const { handleCreate } = open(async () => stopping);
    expect(await screen.findByText('Deletes too much.')).toBeInTheDocument();
    expect(await button()).toBeDisabled();
    expect(screen.getByRole('status')).toHaveTextContent(
      'The plan says what stops this.',
    );
    expect(await button()).toHaveAccessibleDescription(/what stops this/);
    expect(await button('Back')).toBeEnabled();
    expect(handleCreate).not.toHaveBeenCalled();
  });

  it('lets pass what the form overrides', async () => {
    open(async () => stopping, {
      overrides: { deletions: { from: 'many' } },
      form: { many: true },
    });
    await screen.findByText('Deletes too much.');
    expect(await button()).toBeEnabled();
  });

  it('shows the refusal of the backend in place of the plan', async () => {
    open(async () => {
      throw Object.assign(new Error('You may not change loyalty.'), {
        statusCode: 403,
      });
    });
    await screen.findByText('You may not change loyalty.');
    expect(await button()).toBeDisabled();
  });

  it('is the scaffolder’s own review for a template without a plan', async () => {
    const createPlan = jest.fn();
    open(createPlan, {
      steps: pages().slice(0, 1),
      labels: { createButtonText: 'Make it', backButtonText: 'Not yet' },
    });
    expect(await button('Make it')).toBeEnabled();
    expect(await button('Not yet')).toBeEnabled();
    expect(
      screen.queryByRole('region', { name: 'Plan' }),
    ).not.toBeInTheDocument();
    expect(createPlan).not.toHaveBeenCalled();
  });
});
