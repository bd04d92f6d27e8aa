import { ButtonIcon, VisuallyHidden } from '@backstage/ui';
import { RiArrowDownLine, RiArrowUpLine } from '@remixicon/react';
import { useEffect, useRef, useState } from 'react';
import { useFleetTranslation } from '../../useFleetTranslation';
import styles from './Waves.module.css';

/** The regions one after the other, with buttons that move each. */
export function RegionOrder(props: {
  regions: string[];
  onChange: (regions: string[]) => void;
}) {
  const { regions, onChange } = props;
  const { t } = useFleetTranslation();
  const list = useRef<HTMLOListElement>(null);
  const [moved, setMoved] = useState<string>();
  const pressed = useRef<{ region: string; by: number }>();
  useEffect(() => {
    if (!pressed.current) {
      return;
    }
    // A button that moves with its line, or cannot be pressed at the end of the list, loses the focus.
    const { region, by } = pressed.current;
    pressed.current = undefined;
    const line = list.current?.children[regions.indexOf(region)];
    const [up, down] = line?.querySelectorAll('button') ?? [];
    const [same, other] = by < 0 ? [up, down] : [down, up];
    (same?.disabled ? other : same)?.focus();
  }, [regions]);
  const move = (at: number, by: number) => {
    pressed.current = { region: regions[at], by };
    setMoved(regions[at]);
    const next = [...regions];
    next.splice(at + by, 0, ...next.splice(at, 1));
    onChange(next);
  };
  return (
    <>
      <ol ref={list} className={styles.order} aria-label={t('waves.order')}>
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
      <VisuallyHidden role="status">
        {moved !== undefined &&
          regions.includes(moved) &&
          t('waves.moved', {
            region: moved,
            place: String(regions.indexOf(moved) + 1),
            total: String(regions.length),
          })}
      </VisuallyHidden>
    </>
  );
}
