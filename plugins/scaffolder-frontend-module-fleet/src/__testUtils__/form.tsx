import { fleetApiRef } from '@backstage-fleet/plugin-fleet';
import {
  Cluster,
  Deployment,
  Plan,
} from '@backstage-fleet/plugin-fleet-common';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { ComponentType, useState } from 'react';

/** A cluster `spoke-<region>-<environment>` that a file in Git declares. */
export function clusterOf(
  region: string | undefined,
  environment: string,
  more: Partial<Cluster> = {},
): Cluster {
  const name = `spoke-${region ?? 'none'}-${environment}`;
  return {
    id: `hub/${name}`,
    name,
    hub: 'hub',
    server: 'https://x',
    region,
    environment,
    kind: 'spoke',
    labels: {},
    annotations: {},
    services: 0,
    registered: true,
    declared: 'git',
    ...more,
  };
}

/** A deployment that runs a version, and shall run another where that is given. */
export function deploymentOf(running?: string, desired = running): Deployment {
  return {
    id: 'hub/argocd/a',
    name: 'a',
    namespace: 'argocd',
    state: 'healthy',
    health: 'Healthy',
    sync: 'Synced',
    automatedSync: true,
    differing: [],
    resources: 1,
    conditions: [],
    namedBy: 'label',
    deleting: false,
    ...(running && { running: { text: running } }),
    ...(desired && { desired: { text: desired } }),
  };
}

/** A plan that changes nothing but what is given. */
export function planOf(more: Partial<Plan> = {}): Plan {
  return {
    evaluable: true,
    unchanged: false,
    summary: '',
    creates: 0,
    changes: 0,
    deletes: 0,
    applications: [],
    edits: [],
    guards: [],
    ...more,
  };
}

/** Shows a form field alone, the way a template's form does; every value that it gives is told to `onChange`. */
export function renderField(
  Field: ComponentType<any>,
  options: {
    value?: unknown;
    schema?: object;
    options?: object;
    /** The other fields of the form. */
    form?: Record<string, unknown>;
    rawErrors?: string[];
    fleet?: Record<string, unknown>;
    /** The form answers a change later, as forms in the browser do. */
    late?: boolean;
  },
) {
  const onChange = jest.fn();
  let setForm: (form: Record<string, unknown>) => void = () => {};
  function Form() {
    const [value, setValue] = useState(options.value);
    const [form, set] = useState(options.form ?? {});
    setForm = set;
    return (
      <>
        <Field
          formData={value}
          onChange={(next: unknown) => {
            onChange(next);
            if (options.late) setTimeout(() => setValue(next), 0);
            else setValue(next);
          }}
          schema={options.schema ?? {}}
          uiSchema={{ 'ui:options': options.options }}
          idSchema={{ $id: 'root_field' }}
          required
          rawErrors={options.rawErrors ?? []}
          formContext={{ formData: form }}
        />
        <button>Next</button>
      </>
    );
  }
  renderInTestApp(<Form />, {
    apis: [[fleetApiRef, (options.fleet ?? {}) as any]],
  });
  return {
    onChange,
    setForm: (form: Record<string, unknown>) => setForm(form),
  };
}
