import { ConflictError } from '@backstage/errors';
import type { ApplicationSet } from '../../model/argocd';
import type { Declared } from '../../repository';
import { nameToken } from '../../repository/serviceName';
import type { DeployedApplication } from '../versions';

/**
 * Refuses a new service whose name, which somebody typed, would decide from and to where software goes: a shared template
 * that prints the service in `project`, `repoURL` or `server`.
 *
 * Source: Argo CD `docs/operator-manual/applicationset/Security.md`.
 */
export function refuseProtectedFields(
  service: string,
  sibling: DeployedApplication,
  { object, file }: Declared<ApplicationSet>,
): void {
  const rendered = sibling.application.spec;
  const template = object.spec.template?.spec ?? {};
  const fields: Array<[string, unknown, unknown]> = [
    ['project', template.project, rendered.project],
    ['server', template.destination?.server, rendered.destination?.server],
    ...[template.source, ...(template.sources ?? [])].map(
      (source, index): [string, unknown, unknown] => [
        'repoURL',
        source?.repoURL,
        [rendered.source, ...(rendered.sources ?? [])][index]?.repoURL,
      ],
    ),
  ];
  const [field] =
    fields.find(
      ([, text, value]) =>
        typeof text === 'string' &&
        text.includes('{{') &&
        nameToken(sibling.service).test(String(value)),
    ) ?? [];
  if (field) {
    throw new ConflictError(
      `${file} makes \`${field}\` from the service’s name, which decides what its Applications may do. Add \`${service}\` by hand.`,
    );
  }
}
