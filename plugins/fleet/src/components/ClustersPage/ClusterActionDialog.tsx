import { Cluster, Intent } from '@backstage-fleet/plugin-fleet-common';
import { Select } from '@backstage/ui';
import { useState } from 'react';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ChangeDialog, repositoriesFor, useRepositories } from '../Plan';
import { ClusterAction } from './clusterActions';
import { DecommissionFields, RecreateFields } from './ConfirmedFields';
import { AnnotationFields, LabelFields } from './MetadataFields';
import { ScaleFields } from './ScaleFields';
import { UpgradeFields } from './UpgradeFields';

/** What the fields of an action say so far: its parameters, once they can be planned. */
export type Parameters = Record<string, unknown> | undefined;

/** What the fields of every action work with. */
export interface ActionFieldsProps {
  cluster: Cluster;
  /** All of them, where the action takes several; else only `cluster`. */
  clusters: Cluster[];
  newest: string | undefined;
  onChange: (parameters: Parameters) => void;
}

const FIELDS = {
  upgrade: UpgradeFields,
  scale: ScaleFields,
  label: LabelFields,
  annotate: AnnotationFields,
  recreate: RecreateFields,
  decommission: DecommissionFields,
};

/** Asks what an action needs, with its plan below as it is filled in, writes it and follows the change. */
export function ClusterActionDialog(props: {
  /** Several only for an upgrade. */
  clusters: Cluster[];
  action: ClusterAction;
  newest: string | undefined;
  onClose: () => void;
}) {
  const { clusters, action, newest, onClose } = props;
  const [cluster] = clusters;
  const { t } = useFleetTranslation();
  const [parameters, setParameters] = useState<Parameters>();
  const repositories = repositoriesFor(
    useRepositories(),
    clusters.map(({ hub }) => hub),
  );
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
      title={t(`clusterAction.${action}Title`, {
        cluster:
          clusters.length === 1
            ? cluster.name
            : t('matrix.clusters', { count: clusters.length }),
      })}
      intent={intent}
      onClose={onClose}
    >
      <Fields
        cluster={cluster}
        clusters={clusters}
        newest={newest}
        onChange={setParameters}
      />
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
