import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { InputError } from '@backstage/errors';
import {
  annotations as annotationGrammar,
  labels as labelGrammar,
} from '../intents/grammar';
import { BlueprintValues, renderText } from './placeholders';
import type { ClusterBlueprint, TextSource } from './types';

const SECRET_TYPE_LABEL = 'argocd.argoproj.io/secret-type';

/** What somebody asks for beside the blueprint's own metadata. */
export interface ExtraMetadata {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

/**
 * The Secret by which Argo CD knows a cluster, without credentials: these, and the address where the blueprint does not
 * know it, are added to the Secret on the hub by what provisions the cluster.
 *
 * @remarks
 * Labels and annotations are all that ApplicationSets select by and add-ons read (GitOps Bridge), so with this file Git
 * says before the cluster exists which services it will receive. Argo CD leaves alone the fields of the live Secret that
 * the file does not name.
 *
 * Sources: Argo CD `docs/operator-manual/declarative-setup.md`, "Clusters"; GitOps Bridge, "GitOps Bridge Metadata".
 *
 * @throws `InputError` where a label or annotation is none
 */
export function buildRegistration(
  blueprint: ClusterBlueprint,
  values: BlueprintValues,
  extra: ExtraMetadata,
): KubernetesObject {
  const { namespace, project, server, labels, annotations } =
    blueprint.registration;
  const address = server === undefined ? undefined : renderText(server, values);
  const written = {
    labels: { ...renderAll(labels, values), ...extra.labels },
    annotations: { ...renderAll(annotations, values), ...extra.annotations },
  };
  check(labelGrammar.safeParse(written.labels), 'label', blueprint);
  check(
    annotationGrammar.safeParse(written.annotations),
    'annotation',
    blueprint,
  );
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: values.cluster,
      namespace,
      labels: { [SECRET_TYPE_LABEL]: 'cluster', ...written.labels },
      ...(Object.keys(written.annotations).length > 0
        ? { annotations: written.annotations }
        : {}),
    },
    type: 'Opaque',
    stringData: {
      name: values.cluster,
      ...(address === undefined ? {} : { server: address }),
      ...(project === undefined ? {} : { project }),
    },
  };
}

/** Fills in all texts; those that name a parameter that was left out are left out too. */
export function renderAll(
  sources: Record<string, TextSource>,
  values: BlueprintValues,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(sources).flatMap(([key, source]) => {
      const text = renderText(source, values);
      return text === undefined ? [] : [[key, text]];
    }),
  );
}

function check(
  parsed: ReturnType<typeof labelGrammar.safeParse>,
  what: string,
  blueprint: ClusterBlueprint,
): void {
  if (parsed.success) return;
  const [issue] = parsed.error.issues;
  throw new InputError(
    `${what} \`${issue.path.join('.')}\` of the cluster ${
      issue.message
    }. It comes from the parameters by ${blueprint.file}.`,
  );
}
