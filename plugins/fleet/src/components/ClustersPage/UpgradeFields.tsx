import { Cluster } from '@backstage-fleet/plugin-fleet-common';
import { TextField } from '@backstage/ui';
import { useState } from 'react';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { AT_ONCE, WaveChoice, WaveFields, wavesOf } from '../Waves';
import type { ActionFieldsProps } from './ClusterActionDialog';
import styles from './ActionFields.module.css';
import { isVersionText, versionOf, writtenVersion } from './kubernetesVersions';

interface Upgrade {
  text: string;
  waves: WaveChoice;
}

/** Asks for the Kubernetes version to go to, and for several clusters whether at once or in waves. */
export function UpgradeFields(props: ActionFieldsProps) {
  const { clusters, newest, onChange } = props;
  const { t } = useFleetTranslation();
  const [form, setForm] = useState<Upgrade>({ text: '', waves: AT_ONCE });
  const change = (part: Partial<Upgrade>) => {
    const next = { ...form, ...part };
    setForm(next);
    onChange(upgradeParameters(clusters, next));
  };
  const runs = [
    ...new Set(
      clusters.flatMap(cluster => versionOf(cluster) ?? []).map(writtenVersion),
    ),
  ];
  const version = form.text.trim();
  const same = hasAll(clusters, version);
  const wrong = version !== '' && (same || !isVersionText(version));
  const hints = [
    clusters.length === 1 &&
      runs.length > 0 &&
      t('clusterAction.versionRuns', { version: runs[0] }),
    clusters.length > 1 &&
      runs.length > 0 &&
      t('clusterAction.versionsRun', { versions: runs.sort().join(', ') }),
    newest &&
      t('clusterAction.versionNewest', { version: writtenVersion(newest) }),
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
        isInvalid={wrong}
        onChange={text => change({ text })}
      />
      {wrong && (
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
      <WaveFields
        clusters={clusters}
        choice={form.waves}
        hint={t('waves.upgradeHint')}
        onChange={waves => change({ waves })}
      />
    </>
  );
}

/** What an upgrade asks for, `undefined` while the version does not say enough. */
export function upgradeParameters(
  clusters: Cluster[],
  { text, waves: choice }: Upgrade,
): Record<string, unknown> | undefined {
  const kubernetesVersion = text.trim();
  if (
    !isVersionText(kubernetesVersion) ||
    hasAll(clusters, kubernetesVersion)
  ) {
    return undefined;
  }
  const waves = wavesOf(choice, clusters);
  return {
    clusters: clusters.map(({ name }) => name),
    kubernetesVersion,
    ...(waves && { waves }),
  };
}

function hasAll(clusters: Cluster[], version: string): boolean {
  return clusters.every(cluster => versionOf(cluster) === version);
}
