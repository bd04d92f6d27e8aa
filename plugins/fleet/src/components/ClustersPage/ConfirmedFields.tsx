import { TextField } from '@backstage/ui';
import { useState } from 'react';
import { useFleetTranslation } from '../../useFleetTranslation';
import type { ActionFieldsProps } from './ClusterActionDialog';

/** Says what is lost when a cluster goes, and has its name typed. */
export function DecommissionFields(props: ActionFieldsProps) {
  const { t } = useFleetTranslation();
  return (
    <ConfirmedFields
      {...props}
      text={t('clusterAction.decommissionText', {
        count: props.cluster.services,
      })}
    />
  );
}

/** Says what happens when a cluster is made anew, and has its name typed. */
export function RecreateFields(props: ActionFieldsProps) {
  const { t } = useFleetTranslation();
  return (
    <ConfirmedFields
      {...props}
      text={t('clusterAction.recreateText', { count: props.cluster.services })}
    />
  );
}

function ConfirmedFields(props: ActionFieldsProps & { text: string }) {
  const { cluster, text, onChange } = props;
  const { t } = useFleetTranslation();
  const [typed, setTyped] = useState('');
  return (
    <>
      <p>{text}</p>
      <TextField
        label={t('clusterAction.confirmName')}
        description={t('clusterAction.confirmNameHint', {
          cluster: cluster.name,
        })}
        value={typed}
        onChange={name => {
          setTyped(name);
          onChange(
            name.trim() === cluster.name
              ? { cluster: cluster.name }
              : undefined,
          );
        }}
      />
    </>
  );
}
