import { ConflictError, InputError } from '@backstage/errors';
import { parse } from 'yaml';
import type { ApplicationSet } from '../../model/argocd';
import type { RepositorySnapshot } from '../../model/repository';
import { isForOneService, nameToken } from '../../repository/serviceName';
import { appendListItem, removeListItem } from '../../yaml';
import { generatorLeaves } from '../applicationSets/generatorLeaves';
import { newRow, Row, rowsOf } from '../applicationSets/rows';
import {
  applicationSetsIn,
  ownVersion,
  servicesOf,
} from '../applicationSets/services';
import { Edits } from '../edits';
import { hasDirectory, sourcePath } from '../fleetServices';
import { createApplicationSet } from '../onboarding';
import { inSequence } from '../sequence';
import type { LayoutContext, LayoutEdit, OnboardRequest } from '../types';
import { addElement } from './addElement';

const ID = 'list-generator';

/**
 * Puts a new service on the fleet: by an ApplicationSet of its own where the others have that, else by elements of the
 * ApplicationSet that they share.
 */
export function onboardToList(
  request: OnboardRequest,
  rows: Row[],
  repository: RepositorySnapshot,
  context: LayoutContext,
): LayoutEdit {
  const services = servicesOf(applicationSetsIn(repository, ID), repository);
  const own = services.filter(({ applicationSet }) =>
    isForOneService(applicationSet.object),
  );
  return own.length * 2 >= services.length
    ? withOwnApplicationSet(request, rows, repository, context)
    : inSharedApplicationSet(request, rows, repository, context);
}

function withOwnApplicationSet(
  request: OnboardRequest,
  rows: Row[],
  repository: RepositorySnapshot,
  context: LayoutContext,
): LayoutEdit {
  const { service, clusters } = request;
  const siblings = servicesOf(applicationSetsIn(repository, ID), repository)
    .filter(({ applicationSet }) => isForOneService(applicationSet.object))
    .filter(({ name }) => rows.some(row => row.service === name));
  const edits = new Edits(repository);
  createApplicationSet(request, repository, edits, {
    siblings,
    isUsable: object => listOf(object) !== undefined,
    needed: 'has one list generator with elements that name clusters',
    withoutDetails: object => {
      const list = listOf(object);
      if (list) list.spec.elements = [];
    },
    complete(text, file, sibling) {
      const object = parse(text) as ApplicationSet;
      const { path, spec } = listOf(object)!;
      const version = ownVersion(sourcePath(object, repository), repository);
      const pattern = rows.filter(row => row.service === sibling.name);
      if (version === undefined && pattern.some(({ keys }) => keys.version)) {
        throw new InputError(
          `parameters.service: nothing says the first version of \`${service}\`. Add \`image.tag\` to its values, or \`appVersion\` to its Chart.yaml.`,
        );
      }
      const list = [...path, 'elements'];
      let result = text;
      for (const cluster of clusters) {
        const { values } = newRow(
          { service, cluster, siblings: pattern, rows, version },
          repository,
          context,
        );
        result = appendListItem(result, list, values, { file });
      }
      for (let count = spec.elements.length; count > 0; count--)
        result = removeListItem(result, [...list, 0], { file });
      return result;
    },
  });
  return edits.result();
}

/** The only list generator of an ApplicationSet, if it has elements. */
function listOf(object: ApplicationSet) {
  const lists = generatorLeaves(object).filter(({ kind }) => kind === 'list');
  return lists.length === 1 && Array.isArray(lists[0].spec.elements)
    ? lists[0]
    : undefined;
}

function inSharedApplicationSet(
  request: OnboardRequest,
  rows: Row[],
  repository: RepositorySnapshot,
  context: LayoutContext,
): LayoutEdit {
  const { service, clusters, path, namespace } = request;
  const shared = rows.filter(
    ({ declared, keys }) =>
      !isForOneService(declared.object) && keys.service !== undefined,
  );
  if (shared.length === 0) {
    throw new ConflictError(
      `No list element of the repository can be the pattern for \`${service}\`: one is needed that names its service and its cluster. Write the first one by hand.`,
    );
  }
  const version = firstVersion(request, shared[0], repository);
  const edit = inSequence(
    repository,
    clusters.map(cluster => state => {
      const current = rowsOf(applicationSetsIn(state, ID), state, context);
      const own = current.filter(row => row.service === service);
      const siblings =
        own.length > 0
          ? own
          : current.filter(
              row => row.declared.file === shared[0].declared.file,
            );
      return addElement(
        { service, cluster, siblings, rows: current, version },
        state,
        context,
      );
    }),
  );
  if (namespace !== undefined && namespace !== service)
    throw new InputError(
      `parameters.namespace: services of ${shared[0].declared.file} get their namespace from its template. Leave it out.`,
    );
  const directory = sourceOf(shared[0], service);
  if (path !== undefined && path !== directory)
    throw new InputError(
      `parameters.path: ${shared[0].declared.file} deploys \`${service}\` from \`${directory}\`. Leave the path out.`,
    );
  return edit;
}

/** The directory of a service as the shared template has it. */
function sourceOf(row: Row, service: string): string {
  const { source, sources } = row.deployed.application.spec;
  const path =
    source?.path ?? sources?.find(item => item.path !== undefined)?.path ?? '';
  return path.replace(nameToken(row.service, 'g'), () => service);
}

function firstVersion(
  { service }: OnboardRequest,
  row: Row,
  repository: RepositorySnapshot,
): string | undefined {
  const directory = sourceOf(row, service);
  if (directory && !hasDirectory(repository, directory))
    throw new InputError(
      `parameters.service: \`${directory}\` does not exist in the repository. Add the service’s chart there first.`,
    );
  const version = ownVersion(directory, repository);
  if (version === undefined && row.keys.version !== undefined)
    throw new InputError(
      `parameters.service: nothing says the first version of \`${service}\`. Add \`image.tag\` to its values, or \`appVersion\` to its Chart.yaml.`,
    );
  return version;
}
