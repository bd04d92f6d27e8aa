import type { RepositorySnapshot } from '../../model/repository';
import { appendListItem, insertListItem } from '../../yaml';
import { refuseProtectedFields } from '../applicationSets/protectedFields';
import { newRow, Row } from '../applicationSets/rows';
import { Edits } from '../edits';
import type { LayoutContext, LayoutEdit } from '../types';

/** Adds the element that puts a service on a cluster, behind those of the same environment. */
export function addElement(
  request: {
    service: string;
    cluster: string;
    siblings: Row[];
    rows: Row[];
    version?: string;
  },
  repository: RepositorySnapshot,
  context: LayoutContext,
): LayoutEdit {
  const { service, cluster, siblings } = request;
  const { values, pattern } = newRow(request, repository, context);
  if (pattern.service !== service)
    refuseProtectedFields(service, pattern.deployed, pattern.declared);
  const { file, document, path } = pattern.place;
  const list = path.slice(0, -1);
  const inList = siblings.filter(
    ({ place }) =>
      place.file === file &&
      place.document === document &&
      place.path.slice(0, -1).join() === list.join(),
  );
  const alike = inList.filter(
    ({ deployed }) => deployed.environment === pattern.deployed.environment,
  );
  const indexOf = ({ place }: Row) => Number(place.path[place.path.length - 1]);
  const index = Math.max(...alike.map(indexOf)) + 1;
  const edits = new Edits(repository);
  const text = edits.text(file);
  const { length } = pattern.place.leaf.spec.elements;
  edits.set(
    file,
    index < length
      ? insertListItem(text, list, index, values, { file, document })
      : appendListItem(text, list, values, { file, document }),
    `${file}: ${service} on ${cluster}`,
  );
  return edits.result();
}
