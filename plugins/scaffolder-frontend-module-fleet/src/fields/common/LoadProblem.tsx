import { errorSentence } from '@backstage-fleet/plugin-fleet';
import { Button } from '@backstage/ui';
import { useFieldTranslation } from '../../useFieldTranslation';
import styles from '../fields.module.css';

/** Why something could not be loaded, what that means for the field, and a way to try again. */
export function LoadProblem(props: {
  error: unknown;
  /** What the field cannot do without it. */
  consequence?: string;
  onRetry: () => void;
}) {
  const { t } = useFieldTranslation();
  return (
    <p role="alert" className={styles.problem}>
      {props.consequence} {errorSentence(props.error)}{' '}
      <Button size="small" variant="secondary" onPress={props.onRetry}>
        {t('common.tryAgain')}
      </Button>
    </p>
  );
}
