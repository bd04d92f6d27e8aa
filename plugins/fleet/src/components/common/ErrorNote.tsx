import { Alert, Button } from '@backstage/ui';
import { errorSentence } from '../../api';
import { useFleetTranslation } from '../../useFleetTranslation';
import { Sentence } from './Sentence';

/** What went wrong as a sentence, and a button to try again. */
export function ErrorNote(props: {
  title: string;
  error: unknown;
  onRetry?: () => void;
}) {
  const { title, error, onRetry } = props;
  const { t } = useFleetTranslation();
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={title}
      description={<Sentence text={errorSentence(error)} />}
      customActions={
        onRetry && (
          <Button size="small" variant="secondary" onPress={onRetry}>
            {t('matrix.retry')}
          </Button>
        )
      }
    />
  );
}
