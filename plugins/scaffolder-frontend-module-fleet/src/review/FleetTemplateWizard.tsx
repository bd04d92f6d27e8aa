import {
  AnalyticsContext,
  BreadcrumbEntry,
  Progress,
  RouteRef,
  SubRouteRef,
  errorApiRef,
  useApi,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import {
  FieldExtensionOptions,
  FormProps,
  ReviewStepProps,
  SecretsContextProvider,
  TemplateParameterSchema,
  scaffolderApiRef,
  useTemplateSecrets,
} from '@backstage/plugin-scaffolder-react';
import { Workflow } from '@backstage/plugin-scaffolder-react/alpha';
import { JsonValue } from '@backstage/types';
import { useMemo, useState } from 'react';
import { Navigate, useNavigate } from 'react-router-dom';
import { FleetReviewStep } from './FleetReviewStep';
import { templateRefOf } from './templateRef';
import { useFormDecorators } from './useFormDecorators';

/** The pages of the scaffolder that its wizard leads to. */
export interface WizardRoutes {
  root: RouteRef;
  ongoingTask: SubRouteRef<{ taskId: string }>;
}

/** The scaffolder's wizard for one template, with {@link FleetReviewStep} for its last step. */
export function FleetTemplateWizard(props: {
  namespace: string;
  templateName: string;
  manifest: TemplateParameterSchema;
  fields: FieldExtensionOptions<any, any>[];
  formProps: FormProps;
  routes: WizardRoutes;
}) {
  return (
    <BreadcrumbEntry entry={{ label: props.templateName, href: '.' }}>
      <AnalyticsContext attributes={{ entityRef: templateRefOf(props) }}>
        <SecretsContextProvider>
          <Wizard {...props} />
        </SecretsContextProvider>
      </AnalyticsContext>
    </BreadcrumbEntry>
  );
}

function Wizard(props: Parameters<typeof FleetTemplateWizard>[0]) {
  const { manifest, routes } = props;
  const rootLink = useRouteRef(routes.root);
  const components = useMemo(
    () => ({ ReviewStepComponent: reviewStepOf(manifest) }),
    [manifest],
  );
  const { creating, create } = useCreateTask(props);
  return (
    <>
      {creating && <Progress />}
      <Workflow
        namespace={props.namespace}
        templateName={props.templateName}
        onCreate={create}
        onError={() => <Navigate to={rootLink?.() ?? '/'} />}
        extensions={props.fields}
        formProps={props.formProps}
        components={components}
      />
    </>
  );
}

/** Starts the template's task with what was filled in, and goes to its page. */
function useCreateTask(props: Parameters<typeof FleetTemplateWizard>[0]) {
  const { manifest, routes } = props;
  const taskLink = useRouteRef(routes.ongoingTask);
  const scaffolderApi = useApi(scaffolderApiRef);
  const errorApi = useApi(errorApiRef);
  const { secrets } = useTemplateSecrets();
  const decorate = useFormDecorators();
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const create = async (formState: Record<string, JsonValue>) => {
    if (creating) return;
    setCreating(true);
    try {
      const decorated = await decorate(manifest, { formState, secrets });
      const { taskId } = await scaffolderApi.scaffold({
        templateRef: templateRefOf(props),
        values: decorated.formState,
        secrets: decorated.secrets,
      });
      if (taskLink) navigate(taskLink({ taskId }));
    } catch (error) {
      errorApi.post(error as Error);
    } finally {
      setCreating(false);
    }
  };
  return { creating, create };
}

function reviewStepOf(manifest: TemplateParameterSchema) {
  const labels = manifest.presentation?.buttonLabels;
  return function ReviewStep(props: ReviewStepProps) {
    return <FleetReviewStep {...props} labels={labels} />;
  };
}
