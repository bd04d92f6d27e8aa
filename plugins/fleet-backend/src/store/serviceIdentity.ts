import {
  FLEET_SERVICE_LABEL,
  type KubernetesObject,
} from '@backstage-fleet/plugin-fleet-common';
import { LabelMatcher, parseLabelSelector } from './labelSelector';
import type { NamePattern } from './namePattern';
import type {
  ApplicationClaim,
  ClusterEntry,
  DeclaredService,
} from './records';

/** How `namedBy` begins where a naming pattern decided: then the cluster had a say. */
export const NAMED_BY_PATTERN = 'name pattern';

/** What an Application is, as far as it says whose it is. */
export interface IdentityQuestion {
  hub: string;
  object: KubernetesObject;
  applicationSet?: string;
  cluster: ClusterEntry;
}

/** Which service an Application belongs to, and which rule said so. */
export interface ServiceIdentity {
  service: string;
  namedBy: string;
}

/** What one rule says, for people who ask why. */
export interface RuleAnswer {
  rule: string;
  service?: string;
  detail: string;
  decides: boolean;
}

/**
 * Says which service an Application belongs to. The first rule that knows wins:
 *
 * 1. a catalog entity claims it by annotation (`fleet/application-set`, `argocd/app-name`, `argocd/app-selector`,
 *    `argocd/project-name`);
 * 2. its own label `fleet/service`;
 * 3. the ApplicationSet that owns it, by name;
 * 4. a naming pattern of the configuration.
 */
export class ServiceIdentifier {
  readonly #patterns: NamePattern[];
  readonly #bySet = new Map<string, ClaimedBy[]>();
  readonly #byName = new Map<string, ClaimedBy[]>();
  readonly #others: ClaimedBy[] = [];

  constructor(services: DeclaredService[], patterns: NamePattern[]) {
    this.#patterns = patterns;
    for (const service of services) {
      for (const claim of service.claims) {
        const claimed = { service, claim, matches: readSelector(claim) };
        if (claim.applicationSet) {
          append(this.#bySet, claim.applicationSet, claimed);
        } else if (claim.name) append(this.#byName, claim.name, claimed);
        else this.#others.push(claimed);
      }
    }
  }

  identify(question: IdentityQuestion): ServiceIdentity | undefined {
    return (
      this.#claimed(question) ??
      labelled(question) ??
      owned(question) ??
      this.#patterned(question)
    );
  }

  /** What each rule alone says, in their order; the first that names a service decides. */
  diagnose(question: IdentityQuestion): RuleAnswer[] {
    const answers: Array<[string, ServiceIdentity | undefined, string]> = [
      [
        'catalog annotation',
        this.#claimed(question),
        'No catalog entity claims the Application by an annotation.',
      ],
      [
        `label ${FLEET_SERVICE_LABEL}`,
        labelled(question),
        'The Application has no such label.',
      ],
      [
        'owning ApplicationSet',
        owned(question),
        'No ApplicationSet owns the Application.',
      ],
      [
        NAMED_BY_PATTERN,
        this.#patterned(question),
        this.#patterns.length === 0
          ? 'No patterns are configured in `fleet.services.namePatterns`.'
          : `'${question.object.metadata.name}' matches none of ${this.#patterns
              .map(({ text }) => text)
              .join(', ')}.`,
      ],
    ];
    const decider = answers.findIndex(([, identity]) => identity);
    return answers.map(([rule, identity, otherwise], index) => ({
      rule,
      service: identity?.service,
      detail: identity?.namedBy ?? otherwise,
      decides: index === decider,
    }));
  }

  #claimed(question: IdentityQuestion): ServiceIdentity | undefined {
    const { object, applicationSet } = question;
    const { name, namespace } = object.metadata;
    const candidates = [
      ...(applicationSet
        ? [
            ...(this.#bySet.get(applicationSet) ?? []),
            ...(this.#bySet.get(`${namespace}/${applicationSet}`) ?? []),
          ]
        : []),
      ...(this.#byName.get(name) ?? []),
      ...this.#others,
    ];
    const found = candidates.find(claimed => holds(claimed, question));
    return found
      ? {
          service: found.service.name,
          namedBy: `annotation ${found.claim.annotation} of ${found.service.entityRef}`,
        }
      : undefined;
  }

  #patterned({
    object,
    cluster,
  }: IdentityQuestion): ServiceIdentity | undefined {
    for (const pattern of this.#patterns) {
      const service = pattern.match(object.metadata.name, cluster);
      if (service)
        return { service, namedBy: `${NAMED_BY_PATTERN} ${pattern.text}` };
    }
    return undefined;
  }
}

interface ClaimedBy {
  service: DeclaredService;
  claim: ApplicationClaim;
  matches: LabelMatcher;
}

/** What is no selector matches nothing: claiming every Application would be worse. */
function readSelector({ selector }: ApplicationClaim): LabelMatcher {
  if (selector === undefined) return () => true;
  return parseLabelSelector(selector) ?? (() => false);
}

function holds(
  { claim: { hub, namespace, project }, matches }: ClaimedBy,
  question: IdentityQuestion,
): boolean {
  const { metadata, spec } = question.object;
  return (
    (hub === undefined || hub === question.hub) &&
    (namespace === undefined || namespace === metadata.namespace) &&
    (project === undefined || project === spec?.project) &&
    matches(metadata.labels ?? {})
  );
}

function labelled({ object }: IdentityQuestion): ServiceIdentity | undefined {
  const service = object.metadata.labels?.[FLEET_SERVICE_LABEL];
  return service
    ? { service, namedBy: `label ${FLEET_SERVICE_LABEL}` }
    : undefined;
}

function owned({
  applicationSet,
}: IdentityQuestion): ServiceIdentity | undefined {
  return applicationSet
    ? { service: applicationSet, namedBy: `ApplicationSet ${applicationSet}` }
    : undefined;
}

function append<T>(map: Map<string, T[]>, key: string, value: T) {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
