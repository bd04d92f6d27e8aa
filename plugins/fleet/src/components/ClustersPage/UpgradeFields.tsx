import { TextField } from '@backstage/ui';
import { useState } from 'react';
import { useFleetTranslation } from '../../useFleetTranslation';
import type { ActionFieldsProps } from './ClusterActionDialog';
import styles from './ActionFields.module.css';
import { isVersionText, versionOf } from './kubernetesVersions';

/** Asks for the Kubernetes version to go to. */
export function UpgradeFields(props: ActionFieldsProps) {
  const { cluster, newest, onChange } = props;
  const { t } = useFleetTranslation();
  const [text, setText] = useState('');
  const runs = versionOf(cluster);
  const version = text.trim();
  const same = version === runs;
  const type = (typed: string) => {
    setText(typed);
    const kubernetesVersion = typed.trim();
    onChange(
      isVersionText(kubernetesVersion) && kubernetesVersion !== runs
        ? { clusters: [cluster.name], kubernetesVersion }
        : undefined,
    );
  };
  const hints = [
    runs && t('clusterAction.versionRuns', { version: runs }),
    newest && t('clusterAction.versionNewest', { version: newest }),
  ].filter(Boolean);
  return (
    <>
      <TextField
        label={t('clusterAction.version')}
        description={hints.join(' ') || undefined}
        placeholder={newest ?? 'v1.33.4'}
        value={text}
        onChange={type}
      />
      {version !== '' && (same || !isVersionText(version)) && (
        <p role="alert" className={styles.problem}>
          {t(
            same ? 'clusterAction.versionSame' : 'clusterAction.versionInvalid',
          )}
        </p>
      )}
    </>
  );
}
