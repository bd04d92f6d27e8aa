import type { ApplicationSet } from '../../model/argocd';
import type { ClusterRecord } from '../../model/fleetSnapshot';
import type { LabelSelector } from '../../applicationset';
import type { RepositorySnapshot } from '../../model/repository';
import { indexRepository } from '../../repository/indexRepository';
import { nameToken, snakeCase } from '../../repository/serviceName';
import type { Declared } from '../../repository';
import { removeKey, removeListItem } from '../../yaml';
import { generatorLeaves } from '../applicationSets/generatorLeaves';
import { rowsOf } from '../applicationSets/rows';
import { ClusterMetadata, setClusterMetadata } from '../clusterLabels';
import { Edits } from '../edits';
import { addElement } from '../listGenerator/addElement';
import type { LayoutContext, LayoutEdit } from '../types';
import { isOverride, overrideLists, setOverride } from './overrideLists';

/** What may bring a service to a cluster or take it away, tried one after the other. */
export interface Switch {
  /** For the error where none works. */
  name: string;
  edit(on: boolean): LayoutEdit;
}

interface Target {
  service: string;
  declared: Declared<ApplicationSet>;
  cluster: ClusterRecord;
}

/** One requirement of a selector, with the values that meet it and that do not; `null` for an absent key. */
interface Requirement {
  key: string;
  on: string | null;
  off: string | null;
}

function requirements(selector: LabelSelector | undefined): Requirement[] {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  return [
    ...Object.entries(matchLabels).map(([key, value]) => ({
      key,
      on: String(value),
      off: null,
    })),
    ...matchExpressions.flatMap(({ key, operator, values = [] }) => {
      switch (operator) {
        case 'In':
          return { key, on: values[0], off: null };
        case 'Exists':
          return { key, on: 'true', off: null };
        case 'NotIn':
          return { key, on: null, off: values[0] };
        case 'DoesNotExist':
          return { key, on: null, off: 'true' };
        default:
          return [];
      }
    }),
  ].filter(({ on, off }) => !`${on}${off}`.includes('{{'));
}

/** Selectors behind generators, which look at parameters: `spec.generators[].selector`, and inside combinations. */
function postSelectors({ spec }: ApplicationSet): LabelSelector[] {
  const found: LabelSelector[] = [];
  const walk = (generators: unknown) => {
    if (!Array.isArray(generators)) return;
    for (const generator of generators) {
      if (generator?.selector) found.push(generator.selector);
      walk(generator?.matrix?.generators);
      walk(generator?.merge?.generators);
    }
  };
  walk(spec.generators);
  return found;
}

/** Whether a key is about one service and no property of the cluster such as its environment. */
export function isServiceKey(key: string, service: string): boolean {
  return (
    /(^|[_\-./])(enabled?|install|deploy|addons?)([_\-./]|$)/i.test(key) ||
    nameToken(snakeCase(service)).test(key.replace(/-/g, '_'))
  );
}

/** The labels and annotations that an ApplicationSet asks of clusters for a service. */
export function metadataSwitches(
  applicationSet: ApplicationSet,
  service: string,
): Array<Requirement & { field: ClusterMetadata }> {
  const ofLabels = generatorLeaves(applicationSet).flatMap(({ kind, spec }) =>
    kind === 'clusters' ? requirements(spec.selector) : [],
  );
  const ofParameters = postSelectors(applicationSet).flatMap(requirements);
  const inField = (field: ClusterMetadata) => {
    const prefix = `metadata.${field}.`;
    return ofParameters
      .filter(({ key }) => key.startsWith(prefix))
      .map(item => ({ ...item, key: item.key.slice(prefix.length), field }));
  };
  return [
    ...ofLabels.map(item => ({ ...item, field: 'labels' as const })),
    ...inField('labels'),
    ...inField('annotations'),
  ].filter(({ key }) => isServiceKey(key, service));
}

/** All that may switch a service on a cluster: labels and annotations, elements of lists, overrides that a selector reads. */
export function switchesFor(
  target: Target,
  repository: RepositorySnapshot,
  context: LayoutContext,
): Switch[] {
  return [
    ...ofCluster(target, repository),
    ...ofElements(target, repository, context),
    ...ofOverrides(target, repository),
  ];
}

function ofCluster(
  { service, declared, cluster }: Target,
  repository: RepositorySnapshot,
): Switch[] {
  const own = indexRepository(repository).clusters.filter(
    ({ name }) => name === cluster.name,
  );
  if (own.length !== 1) return [];
  const [{ file }] = own;
  return metadataSwitches(declared.object, service).map(
    ({ field, key, on, off }) => ({
      name: `the ${
        field === 'labels' ? 'label' : 'annotation'
      } \`${key}\` in ${file}`,
      edit: state => {
        const value = state ? on : off;
        const edits = new Edits(repository);
        edits.set(
          file,
          setClusterMetadata(own[0], field, { [key]: value }, edits.text(file)),
          `${file}: ${
            value === null
              ? `remove ${key}`
              : `${key}: ${JSON.stringify(value)}`
          }`,
        );
        return edits.result();
      },
    }),
  );
}

/** Elements that bring the service to the cluster: those of lists that are no overrides. */
function ofElements(
  { service, declared, cluster }: Target,
  repository: RepositorySnapshot,
  context: LayoutContext,
): Switch[] {
  const rows = rowsOf([declared], repository, context).filter(
    ({ place }) => place.kind === 'element' && !isOverride(place.leaf),
  );
  const siblings = rows.filter(row => row.service === service);
  if (siblings.length === 0) return [];
  const { file } = declared;
  return [
    {
      name: `an element of the list in ${file}`,
      edit: on => {
        const own = siblings.find(row => row.cluster === cluster.name);
        if (on) {
          return own
            ? { changes: new Map(), lines: [] }
            : addElement(
                { service, cluster: cluster.name, siblings, rows },
                repository,
                context,
              );
        }
        const edits = new Edits(repository);
        if (own) {
          const { document, path } = own.place;
          edits.set(
            file,
            removeListItem(edits.text(file), path, { file, document }),
            `${file}: remove ${service} from ${cluster.name}`,
          );
        }
        return edits.result();
      },
    },
  ];
}

/** Overrides that a selector reads: `values.enabled` of a merge whose selector wants `"true"`. */
function ofOverrides(
  { declared, cluster }: Target,
  repository: RepositorySnapshot,
): Switch[] {
  const { file, document, object } = declared;
  const wanted = postSelectors(object)
    .flatMap(requirements)
    .filter(({ key, on }) => !key.startsWith('metadata.') && on !== null);
  return overrideLists(declared, cluster).flatMap(found =>
    wanted.flatMap(({ key, on }): Switch[] => {
      const parameter = key.split('.');
      const name = `\`${key}\` for ${cluster.name} in the list of ${file}`;
      const set = (value: string): LayoutEdit => {
        const edits = new Edits(repository);
        edits.set(
          file,
          setOverride(found, declared, parameter, value, edits.text(file)),
          `${file}: ${key}: ${JSON.stringify(value)} for ${cluster.name}`,
        );
        return edits.result();
      };
      const others = valuesOf(object, parameter).filter(value => value !== on);
      const off = others[0] ?? 'false';
      const remove: Switch[] =
        found.index < 0
          ? []
          : [
              {
                name,
                edit: () => {
                  const edits = new Edits(repository);
                  const text = edits.text(file);
                  const at = [...found.leaf.path, 'elements', found.index];
                  const element = found.leaf.spec.elements[found.index];
                  edits.set(
                    file,
                    isOnly(element, found.keys, parameter)
                      ? removeListItem(text, at, { file, document })
                      : removeKey(
                          text,
                          Object.hasOwn(element, key)
                            ? [...at, key]
                            : [...at, ...parameter],
                          { file, document },
                        ),
                    `${file}: remove the override of ${cluster.name}`,
                  );
                  return edits.result();
                },
              },
            ];
      return [...remove, { name, edit: state => set(state ? on! : off) }];
    }),
  );
}

/** Whether an element says nothing but this parameter. */
function isOnly(
  element: Record<string, any>,
  keys: Record<string, string>,
  parameter: readonly string[],
): boolean {
  const [first, ...rest] = parameter;
  return Object.entries(element).every(
    ([key, value]) =>
      key in keys ||
      key === parameter.join('.') ||
      (key === first &&
        (rest.length === 0 ||
          (Object.keys(value).length === 1 && rest[0] in value))),
  );
}

/** What the generators say for a parameter. */
function valuesOf(
  applicationSet: ApplicationSet,
  parameter: readonly string[],
): string[] {
  return generatorLeaves(applicationSet).flatMap(({ spec }) => {
    const value = parameter.reduce<any>((inner, key) => inner?.[key], spec);
    return typeof value === 'string' ? [value] : [];
  });
}
