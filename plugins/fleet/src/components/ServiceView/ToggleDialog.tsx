import { ClusterSummary } from '@backstage-fleet/plugin-fleet-common';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ChangeDialog } from '../Plan';
import { toggleIntent } from './serviceIntents';
import { useRepositoryChoice } from './useRepositoryChoice';

/** Switches a service on or off on some clusters. */
export function ToggleDialog(props: {
  service: string;
  clusters: ClusterSummary[];
  enable: boolean;
  onClose: () => void;
}) {
  const { service, clusters, enable, onClose } = props;
  const { t } = useFleetTranslation();
  const repository = useRepositoryChoice(clusters.map(({ hub }) => hub));
  const names = clusters.map(({ name }) => name);
  return (
    <ChangeDialog
      title={t(
        enable ? 'serviceChange.enableTitle' : 'serviceChange.disableTitle',
        {
          service,
          clusters:
            names.length === 1
              ? names[0]
              : t('matrix.clusters', { count: names.length }),
        },
      )}
      intent={repository.intent(id =>
        toggleIntent(
          enable ? 'service.enable' : 'service.disable',
          service,
          names,
          id,
        ),
      )}
      onClose={onClose}
    >
      {repository.field}
    </ChangeDialog>
  );
}
