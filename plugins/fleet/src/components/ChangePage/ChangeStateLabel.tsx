import { Change } from '@backstage-fleet/plugin-fleet-common';
import { StateLabel } from '../../states';
import { useFleetTranslation } from '../../useFleetTranslation';
import { CHANGE_LOOKS, hasEnded, stateWord } from './changeLooks';

/** The state of a change in a word, with its stage where it has several. */
export function ChangeStateLabel(props: { change: Change }) {
  const { change } = props;
  const { t } = useFleetTranslation();
  const paused = change.paused === true && !hasEnded(change);
  const total = change.stages?.length ?? 0;
  return (
    <StateLabel
      state={paused ? 'suspended' : CHANGE_LOOKS[change.state]}
      filled
    >
      {[
        t(paused ? 'changes.paused' : `change.${stateWord(change)}`),
        total > 1 &&
          !hasEnded(change) &&
          t('changes.stage', {
            number: String((change.stage ?? 0) + 1),
            total: String(total),
          }),
      ]
        .filter(Boolean)
        .join(', ')}
    </StateLabel>
  );
}
