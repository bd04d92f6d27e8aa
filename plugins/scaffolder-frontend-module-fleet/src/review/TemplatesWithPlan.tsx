import { useLoaded } from '@backstage-fleet/plugin-fleet';
import { Progress, useApi } from '@backstage/frontend-plugin-api';
import { FormProps } from '@backstage/plugin-scaffolder-react';
import {
  formFieldsApiRef,
  useTemplateParameterSchema,
} from '@backstage/plugin-scaffolder-react/alpha';
import { ReactNode } from 'react';
import { Route, Routes, useParams } from 'react-router-dom';
import { FleetTemplateWizard, WizardRoutes } from './FleetTemplateWizard';
import { fieldExtensionsOf } from './formFields';
import { showsPlan } from './planMappings';
import { templateRefOf } from './templateRef';

interface TemplatesProps {
  /** The scaffolder's own page. */
  original: ReactNode;
  formProps: FormProps;
  routes: WizardRoutes;
}

/**
 * The scaffolder's page of templates, where templates that show a plan have it in their review step too. The list, all
 * other templates, and what cannot be loaded are left to the scaffolder.
 */
export function TemplatesWithPlan(props: TemplatesProps) {
  const { '*': path = '' } = useParams();
  const [namespace, templateName, ...more] = path.split('/').filter(Boolean);
  if (!templateName || more.length > 0) return <>{props.original}</>;
  return (
    <Template
      {...props}
      key={path}
      namespace={namespace}
      templateName={templateName}
    />
  );
}

function Template(
  props: TemplatesProps & { namespace: string; templateName: string },
) {
  const { original, ...wizard } = props;
  const { manifest, error } = useTemplateParameterSchema(templateRefOf(props));
  const fieldsApi = useApi(formFieldsApiRef);
  const shows = manifest && showsPlan(manifest.steps);
  const fields = useLoaded(shows ? 'fields' : undefined, () =>
    fieldsApi.loadFormFields(),
  );
  if (shows === false || error || fields.error) return <>{original}</>;
  if (!manifest || !fields.value) return <Progress />;
  return (
    <Routes>
      <Route
        path=":namespace/:templateName"
        element={
          <FleetTemplateWizard
            {...wizard}
            manifest={manifest}
            fields={fieldExtensionsOf(fields.value)}
          />
        }
      />
    </Routes>
  );
}
