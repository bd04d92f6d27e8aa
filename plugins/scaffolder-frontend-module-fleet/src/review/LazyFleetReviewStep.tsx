import { ReviewStepProps } from '@backstage/plugin-scaffolder-react';
import { Skeleton } from '@backstage/ui';
import { Suspense, lazy } from 'react';

const Step = lazy(async () => ({
  default: (await import('./FleetReviewStep')).FleetReviewStep,
}));

/**
 * The review step of a software template with the plan of what it will do. The button that starts the task rests while a
 * guard, or the backend, refuses the plan; the plan says why.
 *
 * @remarks
 * For apps on the legacy frontend system: `<ScaffolderPage components={{ ReviewStepComponent: FleetReviewStep }} />`. In
 * templates without a `FleetPlanPreview` field it shows what the scaffolder shows.
 *
 * @public
 */
export function FleetReviewStep(props: ReviewStepProps) {
  return (
    <Suspense fallback={<Skeleton width="100%" height={96} />}>
      <Step {...props} />
    </Suspense>
  );
}
