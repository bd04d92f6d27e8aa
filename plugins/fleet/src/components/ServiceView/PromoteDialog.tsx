import { PromotionStrategy } from '@backstage-fleet/plugin-fleet-common';
import { Select } from '@backstage/ui';
import { useMemo, useState } from 'react';
import { ServicePlace, promotionLane } from '../../matrix/places';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ChangeDialog, usePlan } from '../Plan';
import { AT_ONCE, WaveFields } from '../Waves';
import { EnvironmentField, EnvironmentsField, VersionField } from './fields';
import {
  Promotion,
  promoteIntent,
  promotedClusters,
  suggestedPromotion,
} from './serviceIntents';
import { hubsOfPlaces, useRepositoryChoice } from './useRepositoryChoice';

const STRATEGIES: PromotionStrategy[] = ['edit', 'merge-branch', 'move-tag'];

/** Brings a version to environments, or to clusters: at once, or in waves. */
export function PromoteDialog(props: {
  service: string;
  places: ServicePlace[];
  /** Versions that are known of the service, the newest first. */
  versions: string[];
  /** Names of the clusters to bring it to, where they were chosen before. */
  clusters?: string[];
  onClose: () => void;
}) {
  const { service, places, versions, clusters, onClose } = props;
  const { t } = useFleetTranslation();
  const lane = useMemo(() => promotionLane(places), [places]);
  const repository = useRepositoryChoice(hubsOfPlaces(places));
  const [form, setForm] = useState<Promotion>(() => ({
    ...suggestedPromotion(lane, clusters),
    clusters,
    strategy: 'edit',
    waves: AT_ONCE,
  }));
  const change = (part: Partial<Promotion>) =>
    setForm(before => ({ ...before, ...part }));

  const sources = lane.filter(stop => stop.versions.length > 0);
  const targets = lane.filter(stop => stop.environment !== form.from);
  const atOnce = repository.intent(id =>
    promoteIntent(service, { ...form, waves: AT_ONCE }, [], id),
  );
  const planned = usePlan(atOnce);
  // Other repositories may deploy the service too, even on the same hub: only the plan says what this one reaches.
  const reached = promotedClusters(places, form, planned.plan?.clusters);
  const byEdit = form.strategy === 'edit';
  const intent = repository.intent(id =>
    promoteIntent(service, form, reached, id),
  );
  return (
    <ChangeDialog
      title={t('serviceChange.promoteTitle', { service })}
      intent={intent}
      planned={intent?.parameters.waves ? undefined : planned}
      onClose={onClose}
    >
      <EnvironmentField
        label={t('serviceChange.from')}
        lane={sources}
        value={form.from}
        onChange={from =>
          change({
            from,
            version:
              lane.find(stop => stop.environment === from)?.versions[0]
                ?.version ?? '',
            to: form.to.filter(each => each !== from),
          })
        }
      />
      {byEdit && (
        <VersionField
          value={form.version}
          versions={versions}
          onChange={version => change({ version })}
        />
      )}
      {clusters ? (
        <p>
          {t('serviceChange.toClusters', { clusters: clusters.join(', ') })}
        </p>
      ) : (
        <EnvironmentsField
          label={t('serviceChange.to')}
          lane={targets}
          value={form.to}
          onChange={to => change({ to })}
        />
      )}
      <Select
        label={t('serviceChange.strategy')}
        options={STRATEGIES.map(id => ({
          id,
          label: t(`serviceChange.strategies.${id}`),
        }))}
        value={form.strategy}
        onChange={key => change({ strategy: key as PromotionStrategy })}
      />
      {byEdit && (
        <WaveFields
          clusters={reached}
          choice={form.waves}
          hint={t('waves.promoteHint')}
          onChange={waves => change({ waves })}
        />
      )}
      {repository.field}
    </ChangeDialog>
  );
}
