import { Cluster, ClusterWaves } from '@backstage-fleet/plugin-fleet-common';
import { Radio, RadioGroup, TextField } from '@backstage/ui';
import { useState } from 'react';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { RegionOrder } from '../ServiceView/RegionOrder';
import type { ActionFieldsProps } from './ClusterActionDialog';
import styles from './ActionFields.module.css';
import { isVersionText, versionOf } from './kubernetesVersions';

/** Whether clusters are upgraded together, or each wave when the one before is well. */
type Pace = 'once' | 'region' | 'list';

interface Upgrade {
  text: string;
  pace: Pace;
  regions: string[];
}

/** Asks for the Kubernetes version to go to, and for several clusters whether at once or in waves. */
export function UpgradeFields(props: ActionFieldsProps) {
  const { clusters, newest, onChange } = props;
  const { t } = useFleetTranslation();
  const [form, setForm] = useState<Upgrade>(() => ({
    text: '',
    pace: 'once',
    regions: regionsOf(clusters),
  }));
  const change = (part: Partial<Upgrade>) => {
    const next = { ...form, ...part };
    setForm(next);
    onChange(upgradeParameters(clusters, next));
  };
  const runs = [
    ...new Set(clusters.flatMap(cluster => versionOf(cluster) ?? [])),
  ];
  const version = form.text.trim();
  const same = hasAll(clusters, version);
  const hints = [
    clusters.length === 1 &&
      runs.length > 0 &&
      t('clusterAction.versionRuns', { version: runs[0] }),
    clusters.length > 1 &&
      runs.length > 0 &&
      t('clusterAction.versionsRun', { versions: runs.sort().join(', ') }),
    newest && t('clusterAction.versionNewest', { version: newest }),
  ].filter(Boolean);
  return (
    <>
      {clusters.length > 1 && (
        <p className={tokens.muted}>
          {clusters.map(({ name }) => name).join(', ')}
        </p>
      )}
      <TextField
        label={t('clusterAction.version')}
        description={hints.join(' ') || undefined}
        placeholder={newest ?? 'v1.33.4'}
        value={form.text}
        onChange={text => change({ text })}
      />
      {version !== '' && (same || !isVersionText(version)) && (
        <p role="alert" className={styles.problem}>
          {!same && t('clusterAction.versionInvalid')}
          {same &&
            t(
              clusters.length === 1
                ? 'clusterAction.versionSame'
                : 'clusterAction.versionSameAll',
            )}
        </p>
      )}
      {clusters.length > 1 && (
        <RadioGroup
          label={t('clusterAction.pace')}
          description={
            form.pace === 'once' ? undefined : t('clusterAction.wavesHint')
          }
          orientation="horizontal"
          value={form.pace}
          onChange={pace => change({ pace: pace as Pace })}
        >
          <Radio value="once">{t('clusterAction.once')}</Radio>
          {form.regions.length > 1 && (
            <Radio value="region">{t('clusterAction.byRegion')}</Radio>
          )}
          <Radio value="list">{t('clusterAction.oneByOne')}</Radio>
        </RadioGroup>
      )}
      {form.pace === 'region' && (
        <RegionOrder
          regions={form.regions}
          onChange={regions => change({ regions })}
        />
      )}
    </>
  );
}

/** What an upgrade asks for, `undefined` while the version does not say enough. */
export function upgradeParameters(
  clusters: Cluster[],
  { text, pace, regions }: Upgrade,
): Record<string, unknown> | undefined {
  const kubernetesVersion = text.trim();
  if (
    !isVersionText(kubernetesVersion) ||
    hasAll(clusters, kubernetesVersion)
  ) {
    return undefined;
  }
  const names = clusters.map(({ name }) => name);
  const waves: Record<Pace, ClusterWaves | undefined> = {
    once: undefined,
    region: { by: 'region', order: regions },
    list: { by: 'list', clusters: names.map(name => [name]) },
  };
  return {
    clusters: names,
    kubernetesVersion,
    ...(waves[pace] && { waves: waves[pace] }),
  };
}

function hasAll(clusters: Cluster[], version: string): boolean {
  return clusters.every(cluster => versionOf(cluster) === version);
}

function regionsOf(clusters: Cluster[]): string[] {
  return [...new Set(clusters.flatMap(({ region }) => region ?? []))].sort(
    (a, b) => a.localeCompare(b),
  );
}
