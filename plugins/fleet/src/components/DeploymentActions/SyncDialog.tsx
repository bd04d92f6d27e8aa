import {
  ClusterSummary,
  Deployment,
  DeploymentRequest,
} from '@backstage-fleet/plugin-fleet-common';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  Button,
  Checkbox,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Skeleton,
} from '@backstage/ui';
import { useState } from 'react';
import { errorSentence, fleetApiRef } from '../../api';
import { useDeployments } from '../../live';
import { classes } from '../../styles/classes';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { clusterTitle, ErrorNote, PendingButton } from '../common';
import styles from './DeploymentActions.module.css';
import { SyncLine } from './SyncLine';

/** What became of asking the hub for one sync. */
export type Asked = { request: DeploymentRequest } | { error: string };

/**
 * Asks Argo CD to sync the deployments of a service on some clusters, after saying what that does, and shows how each
 * goes on.
 */
export function SyncDialog(props: {
  service: string;
  /** Ids of the clusters. */
  clusters: string[];
  onClose: () => void;
}) {
  const { service, clusters, onClose } = props;
  const api = useApi(fleetApiRef);
  const { t } = useFleetTranslation();
  const { value, error, loading, reload } = useDeployments(service);
  const [prune, setPrune] = useState(false);
  const [pending, setPending] = useState(false);
  const [asked, setAsked] = useState<ReadonlyMap<string, Asked>>(new Map());

  const rows = (value?.items ?? [])
    .filter(row => clusters.includes(row.cluster.id))
    .flatMap(({ cluster, deployments }) =>
      deployments.map(deployment => ({ cluster, deployment })),
    );
  const syncable = rows
    .map(row => row.deployment)
    .filter(deployment => deployment.actions?.includes('sync'));
  const titleOf = (cluster: ClusterSummary) =>
    clusterTitle(
      cluster,
      value?.hubs.find(hub => hub.id === cluster.hub),
    );
  const names = rows.map(({ cluster }) => titleOf(cluster));

  const ask = async (deployment: Deployment): Promise<Asked> => {
    try {
      return { request: await api.syncDeployment(deployment.id, { prune }) };
    } catch (failure) {
      return { error: errorSentence(failure) };
    }
  };
  const sync = async () => {
    setPending(true);
    const answers = await Promise.all(
      syncable.map(
        async deployment => [deployment.id, await ask(deployment)] as const,
      ),
    );
    setAsked(new Map(answers));
    setPending(false);
    reload();
  };

  const done = asked.size > 0;
  return (
    <Dialog
      isOpen
      width="min(560px, calc(100vw - 32px))"
      onOpenChange={open => {
        if (!open) {
          onClose();
        }
      }}
    >
      <DialogHeader>
        {t('sync.title', {
          service,
          clusters:
            names.length === 1
              ? names[0]
              : t('matrix.clusters', { count: clusters.length }),
        })}
      </DialogHeader>
      <DialogBody className={classes(tokens.tokens, styles.body)}>
        {loading && (
          <Skeleton
            width="100%"
            height={48}
            aria-label={t('details.loading')}
          />
        )}
        {!value && error !== undefined && (
          <ErrorNote
            title={t('service.failed', { service })}
            error={error}
            onRetry={reload}
          />
        )}
        {value && !done && <p>{t('sync.what')}</p>}
        <ul className={styles.lines} aria-label={t('sync.deployments')}>
          {rows.map(({ cluster, deployment }) => (
            <SyncLine
              key={deployment.id}
              cluster={titleOf(cluster)}
              deployment={deployment}
              asked={asked.get(deployment.id)}
            />
          ))}
        </ul>
        {value && syncable.length === 0 && <p>{t('sync.none')}</p>}
        {!done && syncable.length > 0 && (
          <div>
            <Checkbox isSelected={prune} onChange={setPrune}>
              {t('sync.prune')}
            </Checkbox>
            <p className={styles.hint}>{t('sync.pruneHint')}</p>
          </div>
        )}
      </DialogBody>
      <DialogFooter>
        {!done && (
          <PendingButton
            variant="primary"
            isDisabled={syncable.length === 0}
            isPending={pending}
            onPress={sync}
          >
            {t('sync.confirm')}
          </PendingButton>
        )}
        <Button
          key={String(done)}
          // eslint-disable-next-line jsx-a11y/no-autofocus -- the button that had the focus is gone
          autoFocus={done}
          variant="secondary"
          onPress={onClose}
        >
          {t(done ? 'plan.close' : 'plan.cancel')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
