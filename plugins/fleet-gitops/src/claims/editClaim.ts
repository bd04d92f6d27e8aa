import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import { ConflictError, InputError } from '@backstage/errors';
import { parseAllDocuments } from 'yaml';
import type { Edits } from '../layouts/edits';
import type { RepositorySnapshot } from '../model/repository';
import { setMapEntry, setScalar, YamlScalar } from '../yaml';
import { checkClaim } from './checkClaim';
import type { FieldPath } from './fieldPath';
import type { ClusterClaim } from './findClaim';

/** One value of a claim that shall be another. */
export interface ClaimEdit {
  claim: ClusterClaim;
  path: FieldPath;
  value: YamlScalar;
  /** The parameter that the value comes from, for messages. */
  field: string;
  /** What it does, for the commit message. */
  line: string;
  repository: RepositorySnapshot;
  edits: Edits;
  onHub: readonly KubernetesObject[];
}

/**
 * Sets a value in a claim's file and checks the claim that comes of it.
 *
 * @throws `InputError` where the claim's definition does not allow the value
 */
export function editClaim(edit: ClaimEdit): void {
  const { claim, path, value, repository, edits } = edit;
  const { file, document } = claim;
  const before = edits.text(file);
  const options = { file, document };
  const last = path[path.length - 1];
  const after =
    typeof last === 'number'
      ? setScalar(before, path, value, options)
      : setMapEntry(before, path.slice(0, -1), last, value, options);
  if (after === before) return;
  if (claim.provisioner) {
    const object = parseAllDocuments(after)[document].toJS();
    // What was wrong before is not this edit's doing.
    const known = violationsOf(claim.object, edit);
    const found = checkClaim(
      object,
      claim.provisioner,
      repository,
      edit.onHub,
      claim.object,
    );
    const added = found.violations.filter(
      ({ field, message }) => !known.has(`${field} ${message}`),
    );
    if (added.length > 0)
      throw new InputError(
        `${edit.field}: ${added
          .map(({ field, message }) => `\`${field}\` ${message}`)
          .join('; ')} (${file}).`,
      );
    edits.leaveUnchecked(file, found.notChecked);
  }
  edits.set(file, after, edit.line);
}

function violationsOf(
  object: KubernetesObject,
  { claim, repository, onHub }: ClaimEdit,
): Set<string> {
  try {
    const { violations } = checkClaim(
      object,
      claim.provisioner!,
      repository,
      onHub,
    );
    return new Set(
      violations.map(({ field, message }) => `${field} ${message}`),
    );
  } catch (error) {
    if (error instanceof ConflictError) return new Set();
    throw error;
  }
}
