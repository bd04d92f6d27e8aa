import { PlanPanel } from './PlanPanel';
import { fleetPlanPreviewSchema } from './schema';

/**
 * Shows what the form asks for would do, while one fills it in: the Applications on each cluster, stages, files, and what
 * stops it or is to be considered.
 */
export function FleetPlanPreview(props: typeof fleetPlanPreviewSchema.TProps) {
  return (
    <PlanPanel
      title={props.schema.title}
      mapping={props.uiSchema?.['ui:options']}
      form={props.formContext?.formData}
    />
  );
}
