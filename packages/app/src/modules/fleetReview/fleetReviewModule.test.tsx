import '@testing-library/jest-dom';
import { fleetApiRef } from '@backstage-fleet/plugin-fleet';
import fleetFields from '@backstage-fleet/plugin-scaffolder-frontend-module-fleet';
import {
  createApiRef,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import {
  FormDecoratorBlueprint,
  createScaffolderFormDecorator,
} from '@backstage/plugin-scaffolder-react/alpha';
import { configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { fleetReviewModule } from './fleetReviewModule';

configure({ asyncUtilTimeout: 15_000 });
jest.setTimeout(60_000);

/** The scaffolder looks up its template in the catalog. */
const catalogApiRef = createApiRef<any>().with({
  id: 'plugin.catalog.service',
  pluginId: 'catalog',
});

const plan = {
  evaluable: true,
  unchanged: false,
  summary: '',
  creates: 3,
  changes: 0,
  deletes: 0,
  applications: [],
  edits: [],
  guards: [],
};

/** A template with one page; it names the service by itself. */
const templateWith = (properties: object, more: object = {}) => ({
  title: 'Put it there',
  steps: [
    {
      title: 'Service',
      schema: {
        properties: {
          service: { type: 'string', title: 'Service', default: 'loyalty' },
          ...properties,
        },
      },
    },
  ],
  ...more,
});

const preview = {
  plan: {
    type: 'null',
    'ui:field': 'FleetPlanPreview',
    'ui:options': {
      kind: 'service.offboard',
      needs: ['service'],
      parameters: { service: { from: 'service' } },
    },
  },
};

function open(template: object) {
  const scaffold = jest.fn(async (_request: object) => ({ taskId: 'task-1' }));
  const createPlan = jest.fn(async (_intent: object) => plan);
  renderTestApp({
    initialRouteEntries: ['/create/templates/default/put-it'],
    features: [
      scaffolderPlugin,
      fleetFields,
      fleetReviewModule,
      createFrontendModule({
        pluginId: 'scaffolder',
        extensions: [
          FormDecoratorBlueprint.make({
            name: 'stamp',
            params: {
              decorator: createScaffolderFormDecorator({
                id: 'stamp',
                schema: { input: { text: z => z.string() } },
                decorator: async ({ input, setFormState, setSecrets }) => {
                  setFormState(form => ({
                    ...form,
                    stamp: String(input.text),
                  }));
                  setSecrets(secrets => ({ ...secrets, key: 'k' }));
                },
              }),
            },
          }),
        ],
      }),
    ],
    apis: [
      [
        scaffolderApiRef,
        {
          getTemplateParameterSchema: async () => template,
          scaffold,
          // The page of the task waits.
          getTask: () => new Promise(() => {}),
          streamLogs: () => ({ subscribe: () => ({ unsubscribe() {} }) }),
        } as any,
      ],
      [fleetApiRef, { createPlan } as any],
      [catalogApiRef, { getEntityByRef: async () => undefined }],
    ],
  });
  return { scaffold, createPlan };
}

// The wizard scrolls up for each page; jsdom cannot.
beforeAll(() => {
  window.scrollTo = () => {};
});

const press = async (name: string) => {
  const button = await screen.findByRole('button', { name });
  await waitFor(() => expect(button).toBeEnabled());
  fireEvent.click(button);
};

it('shows the plan in the review step, and starts the task with what form decorators make of it', async () => {
  const { scaffold, createPlan } = open(
    templateWith(preview, {
      formDecorators: [{ id: 'stamp', input: { text: 'seen' } }],
      presentation: { buttonLabels: { createButtonText: 'Off it goes' } },
    }),
  );
  await press('Review');
  expect(await screen.findByText(/Creates 3/)).toBeInTheDocument();
  await press('Off it goes');
  await waitFor(() =>
    expect(scaffold).toHaveBeenCalledWith({
      templateRef: 'template:default/put-it',
      values: { service: 'loyalty', stamp: 'seen' },
      secrets: { key: 'k' },
    }),
  );
  expect(createPlan).toHaveBeenCalledWith({
    kind: 'service.offboard',
    parameters: { service: 'loyalty' },
  });
});

it('leaves templates without a plan to the scaffolder', async () => {
  const { scaffold, createPlan } = open(templateWith({}));
  await press('Review');
  await press('Create');
  await waitFor(() =>
    expect(scaffold).toHaveBeenCalledWith(
      expect.objectContaining({ values: { service: 'loyalty' } }),
    ),
  );
  expect(createPlan).not.toHaveBeenCalled();
  expect(
    screen.queryByRole('region', { name: 'Plan' }),
  ).not.toBeInTheDocument();
});
