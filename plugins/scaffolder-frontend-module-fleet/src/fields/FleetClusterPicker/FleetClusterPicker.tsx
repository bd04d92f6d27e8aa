import {
  errorSentence,
  fleetApiRef,
  useLoaded,
} from '@backstage-fleet/plugin-fleet';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Checkbox, Skeleton } from '@backstage/ui';
import { serviceNameProblem } from '../FleetServicePicker/serviceName';
import styles from '../fields.module.css';
import { ClusterGroup, groupByRegion } from './clusters';
import { PlanPreview } from './PlanPreview';
import { fleetClusterPickerSchema } from './schema';

/** Chooses clusters, grouped by region, and shows what putting the service there would do. */
export function FleetClusterPicker(
  props: typeof fleetClusterPickerSchema.TProps,
) {
  const { formData, onChange, schema, uiSchema, required, disabled } = props;
  const options = uiSchema?.['ui:options'] ?? {};
  const others = (props.formContext?.formData ?? {}) as Record<string, unknown>;
  const text = (field: string) =>
    typeof others[field] === 'string' && others[field]
      ? String(others[field])
      : undefined;
  const service = text(options.serviceField ?? 'service');
  const path = text(options.pathField ?? 'path');
  const namespace = text(options.namespaceField ?? 'namespace');

  const api = useApi(fleetApiRef);
  const clusters = useLoaded('clusters', () => api.getClusters());
  const has = useClustersOf(service);
  // The form fills a list up to `minItems` with empty entries.
  const chosen = (formData ?? []).filter(Boolean);
  const set = (names: string[], on: boolean) => {
    const next = on
      ? [...new Set([...chosen, ...names])]
      : chosen.filter(name => !names.includes(name));
    onChange(next.length > 0 ? next : undefined);
  };
  const plannable =
    options.preview !== false &&
    chosen.length > 0 &&
    service !== undefined &&
    !serviceNameProblem(service);

  return (
    <div className={styles.field}>
      <fieldset className={styles.fieldset} disabled={disabled}>
        <legend className={styles.legend}>
          {schema.title ?? 'Clusters'}
          {required && <span className={styles.quiet}> Required</span>}
        </legend>
        {schema.description && (
          <p className={styles.quiet}>{schema.description}</p>
        )}
        {clusters.loading && (
          <Skeleton
            width="100%"
            height={96}
            aria-label="Loading the clusters"
          />
        )}
        {!clusters.value && clusters.error !== undefined && (
          <p role="alert" className={styles.problem}>
            {errorSentence(clusters.error)}{' '}
            <Button size="small" variant="secondary" onPress={clusters.reload}>
              Try again
            </Button>
          </p>
        )}
        {clusters.value?.items.length === 0 && (
          <p>No cluster is registered in the hubs.</p>
        )}
        {groupByRegion(clusters.value?.items ?? []).map(group => (
          <Region
            key={group.region}
            group={group}
            chosen={chosen}
            has={has}
            onChange={set}
          />
        ))}
      </fieldset>
      {(props.rawErrors?.length ?? 0) > 0 && chosen.length === 0 && (
        <p role="alert" className={styles.problem}>
          Choose at least one cluster.
        </p>
      )}
      {plannable && (
        <PlanPreview
          intent={{
            kind: 'service.onboard',
            parameters: {
              service,
              clusters: chosen,
              ...(path && { path }),
              ...(namespace && { namespace }),
            },
          }}
        />
      )}
    </div>
  );
}

/** Names of the clusters that have the service already; none where that is not known. */
function useClustersOf(service: string | undefined): Set<string> {
  const api = useApi(fleetApiRef);
  const key = serviceNameProblem(service) ? undefined : service;
  const { value } = useLoaded(key, () => api.getDeployments(service!));
  return new Set(
    value?.items
      .filter(row => row.deployments.length > 0)
      .map(row => row.cluster.name),
  );
}

function Region(props: {
  group: ClusterGroup;
  chosen: string[];
  has: Set<string>;
  onChange: (names: string[], on: boolean) => void;
}) {
  const { group, chosen, has, onChange } = props;
  const names = group.clusters.map(cluster => cluster.name);
  const count = names.filter(name => chosen.includes(name)).length;
  const region = group.region || 'No region';
  return (
    <div role="group" aria-label={region} className={styles.region}>
      <Checkbox
        isSelected={count === names.length}
        isIndeterminate={count > 0 && count < names.length}
        onChange={on => onChange(names, on)}
      >
        <span className={styles.regionName}>{region}</span>
      </Checkbox>
      <div className={styles.clusters}>
        {group.clusters.map(cluster => (
          <Checkbox
            key={cluster.id}
            isSelected={chosen.includes(cluster.name)}
            onChange={on => onChange([cluster.name], on)}
          >
            <span>
              {cluster.name}{' '}
              <span className={styles.quiet}>
                {[
                  cluster.environment,
                  has.has(cluster.name) && 'has it already',
                ]
                  .filter(Boolean)
                  .join(', ')}
              </span>
            </span>
          </Checkbox>
        ))}
      </div>
    </div>
  );
}
