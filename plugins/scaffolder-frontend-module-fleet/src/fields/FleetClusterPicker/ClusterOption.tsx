import {
  errorSentence,
  fleetApiRef,
  useLoaded,
} from '@backstage-fleet/plugin-fleet';
import { Cluster } from '@backstage-fleet/plugin-fleet-common';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Checkbox, Radio } from '@backstage/ui';
import { useState } from 'react';
import { useFieldTranslation } from '../../useFieldTranslation';
import styles from '../fields.module.css';
import { Hindrance } from './choice';

/** One cluster to choose, with the reason where it cannot be chosen. */
export function ClusterOption(props: {
  cluster: Cluster;
  service: string | undefined;
  hindrance: Hindrance | undefined;
  single: boolean;
  /** Whether to say which hub the cluster belongs to. */
  withHub: boolean;
  chosen: boolean;
  onChange: (on: boolean) => void;
}) {
  const { cluster, service, hindrance, single, chosen, onChange } = props;
  const { t } = useFieldTranslation();
  const label = (
    <span>
      {cluster.name}{' '}
      <span className={styles.quiet}>
        {[
          cluster.environment,
          props.withHub && cluster.hub,
          hindrance && t(`cluster.${hindrance}`),
        ]
          .filter(Boolean)
          .join(', ')}
      </span>
    </span>
  );
  return (
    <div>
      {single ? (
        <Radio value={cluster.name} isDisabled={hindrance !== undefined}>
          {label}
        </Radio>
      ) : (
        <Checkbox
          isSelected={chosen}
          // What was chosen before it could no longer be chosen can be taken back.
          isDisabled={hindrance !== undefined && !chosen}
          onChange={onChange}
        >
          {label}
        </Checkbox>
      )}
      {hindrance === 'lacksIt' && service && (
        <Why service={service} cluster={cluster} />
      )}
    </div>
  );
}

/** Says on demand why a service is not on a cluster. */
function Why(props: { service: string; cluster: Cluster }) {
  const { service, cluster } = props;
  const api = useApi(fleetApiRef);
  const { t } = useFieldTranslation();
  const [asked, setAsked] = useState(false);
  const { value, error } = useLoaded(
    asked ? `${service} ${cluster.id}` : undefined,
    () => api.explain(service, cluster.id),
  );
  return (
    <>
      {!asked && (
        <Button
          size="small"
          variant="tertiary"
          aria-label={t('cluster.whyOn', { service, cluster: cluster.name })}
          onPress={() => setAsked(true)}
        >
          {t('cluster.why')}
        </Button>
      )}
      <p role="status" className={styles.quiet}>
        {value?.sentence}
        {error !== undefined && errorSentence(error)}
      </p>
    </>
  );
}
