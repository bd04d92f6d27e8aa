import type {
  Explanation,
  HubStatus,
} from '@backstage-fleet/plugin-fleet-common';
import type { ApplicationRecord } from '../store';

/** What the hub has for a pair of service and cluster. */
export interface HubAnswer {
  status: HubStatus;
  title: string;
  /** Applications of the service on the cluster. */
  applications: ApplicationRecord[];
}

/**
 * Puts what Git says beside what the hub has.
 *
 * @remarks
 * Where both disagree, the hub decides what *is*, and the sentence says what Git wants. A hub that is not live cannot
 * disagree: what it has is not known.
 */
export function withHub(explanation: Explanation, hub: HubAnswer): Explanation {
  const { applications, status, title } = hub;
  if (status !== 'live') return explanation;
  const names = applications.map(({ name }) => `\`${name}\``).join(', ');

  if (explanation.verdict === 'deployed') {
    return applications.length > 0
      ? { ...explanation, hubAgrees: true }
      : {
          ...explanation,
          verdict: 'absent',
          reason: 'application-pending',
          sentence: `${explanation.sentence} ${title} has not created it yet.`,
          hubAgrees: false,
        };
  }
  if (applications.length === 0) {
    return explanation.verdict === 'absent'
      ? { ...explanation, hubAgrees: true }
      : explanation;
  }
  const deleting = applications.every(({ state }) => state.deleting);
  return {
    ...explanation,
    verdict: 'deployed',
    reason: deleting ? 'application-deleting' : 'not-in-git',
    sentence: deleting
      ? `${title} is deleting ${names}. ${explanation.sentence}`
      : `${title} has ${names}. ${explanation.sentence}`,
    // What is not evaluable or not known is no disagreement.
    ...(explanation.verdict === 'absent' ? { hubAgrees: false } : {}),
    intent: undefined,
    plan: undefined,
  };
}

const RANKS: Explanation['verdict'][] = [
  'deployed',
  'not-evaluable',
  'unknown',
  'absent',
];

/**
 * Of what several repositories say, what tells most: the one that deploys, or that knows of the service.
 */
export function mostTelling(
  explanations: Explanation[],
): Explanation | undefined {
  const rank = ({ verdict, reason }: Explanation) =>
    RANKS.indexOf(verdict) + (reason === 'not-onboarded' ? RANKS.length : 0);
  return [...explanations].sort((a, b) => rank(a) - rank(b))[0];
}
