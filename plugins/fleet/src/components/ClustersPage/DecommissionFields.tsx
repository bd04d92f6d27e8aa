import { TextField } from '@backstage/ui';
import { useState } from 'react';
import { useFleetTranslation } from '../../useFleetTranslation';
import type { ActionFieldsProps } from './ClusterActionDialog';

/** Says what is lost, and has the cluster's name typed. */
export function DecommissionFields(props: ActionFieldsProps) {
  const { cluster, onChange } = props;
  const { t } = useFleetTranslation();
  const [typed, setTyped] = useState('');
  return (
    <>
      <p>{t('clusterAction.decommissionText', { count: cluster.services })}</p>
      <TextField
        label={t('clusterAction.confirmName')}
        description={t('clusterAction.confirmNameHint', {
          cluster: cluster.name,
        })}
        value={typed}
        onChange={text => {
          setTyped(text);
          onChange(
            text.trim() === cluster.name
              ? { cluster: cluster.name }
              : undefined,
          );
        }}
      />
    </>
  );
}
