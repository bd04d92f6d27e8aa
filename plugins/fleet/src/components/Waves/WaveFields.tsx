import { Radio, RadioGroup } from '@backstage/ui';
import { useFleetTranslation } from '../../useFleetTranslation';
import { OwnWaves } from './OwnWaves';
import { RegionOrder } from './RegionOrder';
import { Pace, WaveChoice, WaveCluster, regionsInOrder } from './waves';

/** Asks whether a change reaches its clusters at once or in waves, and in which. Nothing where there is only one cluster. */
export function WaveFields(props: {
  /** Each name once. */
  clusters: WaveCluster[];
  choice: WaveChoice;
  /** Says what a wave waits for. */
  hint: string;
  onChange: (choice: WaveChoice) => void;
}) {
  const { clusters, choice, hint, onChange } = props;
  const { t } = useFleetTranslation();
  if (clusters.length < 2) {
    return null;
  }
  const regions = regionsInOrder(clusters, choice.regions);
  // The clusters may have become fewer since, and all in one region.
  const pace =
    choice.pace === 'region' && regions.length < 2 ? 'once' : choice.pace;
  return (
    <>
      <RadioGroup
        label={t('waves.pace')}
        description={pace === 'once' ? undefined : hint}
        orientation="horizontal"
        value={pace}
        onChange={chosen => onChange({ ...choice, pace: chosen as Pace })}
      >
        <Radio value="once">{t('waves.once')}</Radio>
        {regions.length > 1 && (
          <Radio value="region">{t('waves.byRegion')}</Radio>
        )}
        <Radio value="each">{t('waves.oneByOne')}</Radio>
        <Radio value="own">{t('waves.own')}</Radio>
      </RadioGroup>
      {pace === 'region' && (
        <RegionOrder
          regions={regions}
          onChange={order => onChange({ ...choice, regions: order })}
        />
      )}
      {pace === 'own' && (
        <OwnWaves
          clusters={clusters}
          choice={choice}
          onChange={numbers => onChange({ ...choice, numbers })}
        />
      )}
    </>
  );
}
