import { Cluster, Intent } from '@backstage-fleet/plugin-fleet-common';
import { Select } from '@backstage/ui';
import { useState } from 'react';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ChangeDialog, repositoriesFor, useRepositories } from '../Plan';
import { ClusterAction } from './clusterActions';
import { DecommissionFields } from './DecommissionFields';
import { LabelFields } from './LabelFields';
import { ScaleFields } from './ScaleFields';
import { UpgradeFields } from './UpgradeFields';

/** What the fields of an action say so far: its parameters, once they can be planned. */
export type Parameters = Record<string, unknown> | undefined;

/** What the fields of every action work with. */
export interface ActionFieldsProps {
  cluster: Cluster;
  newest: string | undefined;
  onChange: (parameters: Parameters) => void;
}

const FIELDS = {
  upgrade: UpgradeFields,
  scale: ScaleFields,
  label: LabelFields,
  decommission: DecommissionFields,
};

/** Asks what an action needs, with its plan below as it is filled in, writes it and follows the change. */
export function ClusterActionDialog(props: {
  cluster: Cluster;
  action: ClusterAction;
  newest: string | undefined;
  onClose: () => void;
}) {
  const { cluster, action, newest, onClose } = props;
  const { t } = useFleetTranslation();
  const [parameters, setParameters] = useState<Parameters>();
  const repositories = repositoriesFor(useRepositories(), [cluster.hub]);
  const [chosen, choose] = useState<string>();
  const repository = chosen ?? repositories[0]?.id;
  const intent: Intent | undefined = parameters && {
    kind: `cluster.${action}`,
    ...(repository && { repository }),
    parameters,
  };
  const Fields = FIELDS[action];
  return (
    <ChangeDialog
      title={t(`clusterAction.${action}Title`, { cluster: cluster.name })}
      intent={intent}
      onClose={onClose}
    >
      <Fields cluster={cluster} newest={newest} onChange={setParameters} />
      {repositories.length > 1 && (
        <Select
          label={t('clusterAction.repository')}
          options={repositories.map(({ id }) => ({ id, label: id }))}
          selectedKey={repository}
          onSelectionChange={key => choose(String(key))}
        />
      )}
    </ChangeDialog>
  );
}
