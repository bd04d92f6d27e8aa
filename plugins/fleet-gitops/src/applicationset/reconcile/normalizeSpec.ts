/**
 * An Application's spec as Argo CD writes and compares it: no project means `default`, blocks that say nothing are left
 * out.
 *
 * Source: Argo CD `util/argo/argo.go` `NormalizeApplicationSpec`.
 *
 * @param spec - decoded: fields with zero values are absent
 */
export function normalizeSpec(spec: any): any {
  const { syncPolicy, source, sources, ...rest } = spec;
  return {
    ...rest,
    project: spec.project || 'default',
    ...(syncPolicy && Object.keys(syncPolicy).length > 0 && { syncPolicy }),
    ...(source && { source: sources ? source : normalizeSource(source) }),
    ...(sources && { sources: sources.map(normalizeSource) }),
  };
}

/** Fields of a block that do not save it from being empty. */
const IGNORED_IN_HELM: string[] = [];
const IGNORED_IN_KUSTOMIZE = [
  'forceCommonLabels',
  'forceCommonAnnotations',
  'commonAnnotationsEnvsubst',
  'labelWithoutSelector',
  'labelIncludeTemplates',
];

function normalizeSource(source: any): any {
  const { helm, kustomize, directory, ...rest } = source;
  return {
    ...rest,
    ...(hasFields(helm, IGNORED_IN_HELM) && { helm }),
    ...(hasFields(kustomize, IGNORED_IN_KUSTOMIZE) && { kustomize }),
    ...(hasFields(directory, []) && { directory }),
  };
}

function hasFields(block: any, ignored: string[]): boolean {
  return Object.keys(block ?? {}).some(key => !ignored.includes(key));
}
