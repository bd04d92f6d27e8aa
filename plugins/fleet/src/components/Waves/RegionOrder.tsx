import { ButtonIcon } from '@backstage/ui';
import { RiArrowDownLine, RiArrowUpLine } from '@remixicon/react';
import { useFleetTranslation } from '../../useFleetTranslation';
import styles from './Waves.module.css';

/** The regions one after the other, with buttons that move each. */
export function RegionOrder(props: {
  regions: string[];
  onChange: (regions: string[]) => void;
}) {
  const { regions, onChange } = props;
  const { t } = useFleetTranslation();
  const move = (at: number, by: number) => {
    const next = [...regions];
    next.splice(at + by, 0, ...next.splice(at, 1));
    onChange(next);
  };
  return (
    <ol className={styles.order} aria-label={t('waves.order')}>
      {regions.map((region, at) => (
        <li key={region}>
          <span>{region}</span>
          <ButtonIcon
            size="small"
            variant="tertiary"
            icon={<RiArrowUpLine />}
            isDisabled={at === 0}
            aria-label={t('waves.earlier', { region })}
            onPress={() => move(at, -1)}
          />
          <ButtonIcon
            size="small"
            variant="tertiary"
            icon={<RiArrowDownLine />}
            isDisabled={at === regions.length - 1}
            aria-label={t('waves.later', { region })}
            onPress={() => move(at, 1)}
          />
        </li>
      ))}
    </ol>
  );
}
