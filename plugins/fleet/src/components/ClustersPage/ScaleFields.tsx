import { NumberField, TextField } from '@backstage/ui';
import { useState } from 'react';
import { useFleetTranslation } from '../../useFleetTranslation';
import type { ActionFieldsProps } from './ClusterActionDialog';

/** Asks for the number of worker nodes, and of which pool. */
export function ScaleFields(props: ActionFieldsProps) {
  const { cluster, onChange } = props;
  const { t } = useFleetTranslation();
  const [replicas, setReplicas] = useState(Number.NaN);
  const [pool, setPool] = useState('');
  const say = (nodes: number, name: string) => {
    setReplicas(nodes);
    setPool(name);
    onChange(
      Number.isInteger(nodes)
        ? {
            cluster: cluster.name,
            replicas: nodes,
            ...(name.trim() && { pool: name.trim() }),
          }
        : undefined,
    );
  };
  return (
    <>
      <NumberField
        label={t('clusterAction.replicas')}
        minValue={0}
        value={replicas}
        onChange={nodes => say(nodes, pool)}
      />
      <TextField
        label={t('clusterAction.pool')}
        description={t('clusterAction.poolHint')}
        value={pool}
        onChange={name => say(replicas, name)}
      />
    </>
  );
}
