import { Alert, Button } from '@backstage/ui';
import { errorSentence } from '../../api';
import { useFleetTranslation } from '../../useFleetTranslation';
import { Sentence } from './Sentence';

/** What went wrong as a sentence, and a button to try again. */
export function ErrorNote(props: {
  title: string;
  error: unknown;
  /** In place of the error's own sentence. */
  sentence?: string;
  onRetry?: () => void;
}) {
  const { title, error, sentence = errorSentence(error), onRetry } = props;
  const { t } = useFleetTranslation();
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={title}
      description={<Sentence text={sentence} />}
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
