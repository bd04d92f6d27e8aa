import { Button } from '@backstage/ui';
import { useState } from 'react';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';

/** How many clusters are named before somebody asks for the others. */
const NAMED = 8;

/** The clusters that a stage covers, as far as its title does not name them. */
export function StageClusters(props: { title: string; clusters: string[] }) {
  const { title, clusters } = props;
  const { t } = useFleetTranslation();
  const [all, setAll] = useState(false);
  const words = title.split(/[\s:,]+/);
  const names = clusters.filter(cluster => !words.includes(cluster));
  const shown = all ? names : names.slice(0, NAMED);
  if (names.length === 0) {
    return null;
  }
  return (
    <>
      <span className={tokens.muted}>{shown.join(', ')}</span>
      {shown.length < names.length && (
        <Button size="small" variant="tertiary" onPress={() => setAll(true)}>
          {t('plan.moreClusters', { count: names.length - shown.length })}
        </Button>
      )}
    </>
  );
}
