import { Select } from '@backstage/ui';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import styles from './Waves.module.css';
import {
  WaveChoice,
  WaveCluster,
  numberOf,
  numbersOnOffer,
  wavesOf,
} from './waves';

/** Every cluster with the wave it is in, which can be chosen. */
export function OwnWaves(props: {
  clusters: WaveCluster[];
  choice: WaveChoice;
  onChange: (numbers: WaveChoice['numbers']) => void;
}) {
  const { clusters, choice, onChange } = props;
  const { t } = useFleetTranslation();
  const options = numbersOnOffer(choice, clusters).map(number => ({
    id: String(number),
    label: t('waves.wave', { number: String(number) }),
  }));
  return (
    <>
      <ul className={styles.clusters} aria-label={t('waves.clusters')}>
        {clusters.map(({ name, region }) => (
          <li key={name}>
            <span>
              {name} {region && <span className={tokens.muted}>{region}</span>}
            </span>
            <Select
              size="small"
              aria-label={t('waves.waveOf', { cluster: name })}
              options={options}
              value={String(numberOf(choice, name))}
              onChange={key =>
                onChange({ ...choice.numbers, [name]: Number(key) })
              }
            />
          </li>
        ))}
      </ul>
      {!wavesOf(choice, clusters) && (
        <p role="status" className={tokens.muted}>
          {t('waves.oneWave')}
        </p>
      )}
    </>
  );
}
