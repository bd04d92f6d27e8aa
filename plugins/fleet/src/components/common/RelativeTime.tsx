import { exactTime } from '../../live/age';
import { useAge } from '../../live/useAge';
import { timeOf } from '../../matrix/cellView';
import { useFleetTranslation } from '../../useFleetTranslation';

/** A time as its age, kept current, with the exact time on hover. */
export function RelativeTime(props: {
  time: Date | string | number | undefined;
  /** `ago`: "5 min ago"; `for`: "for 5 min"; `bare`: "5 min". */
  form?: 'ago' | 'for' | 'bare';
  className?: string;
}) {
  const { time, form = 'ago', className } = props;
  const { t } = useFleetTranslation();
  const at = typeof time === 'number' ? time : timeOf(time);
  const age = useAge(at);
  if (at === undefined || age === undefined) {
    return null;
  }
  const text = {
    ago: t('details.ago', { age }),
    for: t('details.forAge', { age }),
    bare: age,
  }[form];
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={exactTime(at)}
      className={className}
    >
      {text}
    </time>
  );
}
