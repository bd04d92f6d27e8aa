import {
  ReviewStepProps,
  scaffolderReactTranslationRef,
} from '@backstage/plugin-scaffolder-react';
import {
  ParsedTemplateSchema,
  ReviewState,
} from '@backstage/plugin-scaffolder-react/alpha';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { useCallback, useId, useMemo, useState } from 'react';
import { PlanPanel, PlanVerdict } from '../fields/FleetPlanPreview';
import { useFieldTranslation } from '../useFieldTranslation';
import { planMappings } from './planMappings';
import styles from './review.module.css';

/** The texts of the buttons, where a template brings its own. */
export interface ReviewButtonLabels {
  backButtonText?: string;
  createButtonText?: string;
}

/**
 * The usual review, then the plan of each intent that the template's `FleetPlanPreview` fields describe, and the button that
 * starts the task, which rests while a guard that nobody overrides, or the backend, refuses a plan.
 */
export function FleetReviewStep(
  props: ReviewStepProps & { labels?: ReviewButtonLabels },
) {
  const { formData, steps, handleCreate, labels = {} } = props;
  const { t } = useFieldTranslation();
  const scaffolder = useTranslationRef(scaffolderReactTranslationRef);
  const mappings = useMemo(() => planMappings(steps), [steps]);
  const [verdicts, setVerdicts] = useState<Record<number, PlanVerdict>>({});
  const [creating, setCreating] = useState(false);
  const waits = useId();
  const all = mappings.map((_, at) => verdicts[at] ?? 'pending');
  const stopped = all.includes('stopped');
  const pending = all.includes('pending');

  const create = async () => {
    setCreating(true);
    try {
      // Typed as if it returned nothing; the scaffolder's own review awaits it too.
      await handleCreate();
    } finally {
      setCreating(false);
    }
  };

  return (
    <>
      <ReviewState
        formState={formData}
        schemas={steps as ParsedTemplateSchema[]}
      />
      {mappings.map((mapping, at) => (
        <ReviewedPlan
          key={at}
          at={at}
          mapping={mapping}
          form={formData}
          onVerdicts={setVerdicts}
        />
      ))}
      <div className={styles.footer}>
        <p id={waits} role="status" className={styles.reason}>
          {stopped && t('review.stopped')}
          {!stopped && pending && t('review.pending')}
        </p>
        <Button
          variant="tertiary"
          isDisabled={creating}
          onPress={props.handleBack}
        >
          {labels.backButtonText ?? scaffolder.t('stepper.backButtonText')}
        </Button>
        <Button
          variant="primary"
          aria-describedby={waits}
          isDisabled={props.disableButtons || creating || stopped || pending}
          onPress={create}
        >
          {labels.createButtonText ?? scaffolder.t('stepper.createButtonText')}
        </Button>
      </div>
    </>
  );
}

function ReviewedPlan(props: {
  at: number;
  mapping: Parameters<typeof PlanPanel>[0]['mapping'];
  form: unknown;
  onVerdicts: (
    next: (
      verdicts: Record<number, PlanVerdict>,
    ) => Record<number, PlanVerdict>,
  ) => void;
}) {
  const { at, onVerdicts } = props;
  const tell = useCallback(
    (verdict: PlanVerdict) =>
      onVerdicts(verdicts => ({ ...verdicts, [at]: verdict })),
    [at, onVerdicts],
  );
  return (
    <div className={styles.plan}>
      <PlanPanel mapping={props.mapping} form={props.form} onVerdict={tell} />
    </div>
  );
}
