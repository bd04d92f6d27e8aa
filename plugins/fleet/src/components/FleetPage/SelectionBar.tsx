import {
  Cluster,
  fleetChangeCreatePermission,
} from '@backstage-fleet/plugin-fleet-common';
import { usePermission } from '@backstage/plugin-permission-react';
import { Button, ButtonIcon } from '@backstage/ui';
import { RiCloseLine } from '@remixicon/react';
import { ReactNode, useMemo, useState } from 'react';
import { compareEnvironments } from '../../matrix/columns';
import { FleetMatrix } from '../../matrix/matrix';
import { placesOfMatrix, versionsOf } from '../../matrix/places';
import { Selection, selectedPairs } from '../../matrix/selection';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { useHubs } from '../../live';
import { SyncDialog } from '../DeploymentActions';
import { PromoteDialog, ToggleDialog } from '../ServiceView';
import parts from '../PageParts/PageParts.module.css';

type Asked = 'enable' | 'disable' | 'promote' | 'sync';

/** What can be done with the selected cells, where they are of one service. */
export function SelectionBar(props: {
  matrix: FleetMatrix;
  selection: Selection;
  onClear: () => void;
}) {
  const { matrix, selection, onClear } = props;
  const { t } = useFleetTranslation();
  const permission = usePermission({ permission: fleetChangeCreatePermission });
  const [asked, setAsked] = useState<Asked>();
  const pairs = useMemo(
    () => selectedPairs(matrix, selection),
    [matrix, selection],
  );
  const { services, clusters, deployed, absent } = pairs;
  if (services.length === 0) {
    return null;
  }
  const [service] = services;
  const count = t('matrix.clusters', { count: clusters.length });
  const close = () => setAsked(undefined);
  const button = (id: Exclude<Asked, 'sync'>, on: Cluster[]): ReactNode =>
    on.length > 0 && (
      <Button
        size="small"
        variant={id === 'enable' ? 'primary' : 'secondary'}
        onPress={() => setAsked(id)}
      >
        {t(`selection.${id}`)}
      </Button>
    );
  return (
    <div
      role="region"
      aria-label={t('selection.label')}
      className={parts.selection}
    >
      <span aria-live="polite">
        <strong>
          {services.length === 1
            ? t('selection.service', { service, clusters: count })
            : t('selection.services', {
                services: t('matrix.services', { count: services.length }),
                clusters: count,
              })}
        </strong>{' '}
        <span className={tokens.muted}>
          {services.length === 1
            ? clustersByRegion(clusters)
            : t('selection.oneService')}
        </span>
      </span>
      {services.length === 1 && permission.allowed && (
        <>
          {button('enable', absent)}
          {button('promote', deployed)}
          {button('disable', deployed)}
        </>
      )}
      {services.length === 1 && (
        <SyncButton clusters={deployed} onPress={() => setAsked('sync')} />
      )}
      <ButtonIcon
        size="small"
        variant="tertiary"
        icon={<RiCloseLine />}
        aria-label={t('selection.clear')}
        onPress={onClear}
      />
      {asked === 'sync' && (
        <SyncDialog
          service={service}
          clusters={deployed.map(cluster => cluster.id)}
          onClose={close}
        />
      )}
      {asked === 'promote' && (
        <PromoteDialog
          service={service}
          places={placesOfMatrix(matrix, service)}
          versions={versionsOf(placesOfMatrix(matrix, service))}
          clusters={deployed.map(cluster => cluster.name)}
          onClose={close}
        />
      )}
      {(asked === 'enable' || asked === 'disable') && (
        <ToggleDialog
          service={service}
          clusters={asked === 'enable' ? absent : deployed}
          enable={asked === 'enable'}
          onClose={close}
        />
      )}
    </div>
  );
}

/** Offered where a hub of the clusters can be asked at all; the dialog says what of it the person may. */
function SyncButton(props: { clusters: Cluster[]; onPress: () => void }) {
  const { clusters, onPress } = props;
  const { t } = useFleetTranslation();
  const { value } = useHubs();
  const possible = value?.items.some(
    hub => hub.actions && clusters.some(cluster => cluster.hub === hub.id),
  );
  return possible ? (
    <Button size="small" variant="secondary" onPress={onPress}>
      {t('sync.sync')}
    </Button>
  ) : null;
}

/** "us-east-1: dev, staging; eu-west-1: prod". */
function clustersByRegion(clusters: Cluster[]): string {
  const regions = new Map<string, string[]>();
  const ordered = [...clusters].sort((a, b) =>
    compareEnvironments(a.environment, b.environment),
  );
  for (const { region = '', environment, name } of ordered) {
    regions.set(region, [...(regions.get(region) ?? []), environment ?? name]);
  }
  return [...regions]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([region, names]) =>
      region ? `${region}: ${names.join(', ')}` : names.join(', '),
    )
    .join('; ');
}
