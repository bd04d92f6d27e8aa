import type {
  Explanation,
  HubStatus,
} from '@backstage-fleet/plugin-fleet-common';
import { application, testStore } from '../store/__testUtils__/objects';
import { mostTelling, withHub } from './explanation';

const git = (
  verdict: Explanation['verdict'],
  reason: string = verdict,
): Explanation => ({
  service: 'a',
  cluster: 'eu/spoke',
  verdict,
  reason,
  sentence: 'Git says.',
  checks: [],
  intent: { kind: 'service.onboard', parameters: {} },
});

function deployed(deleting = false) {
  const store = testStore();
  const object = application({ name: 'a', labels: { 'fleet/service': 'a' } });
  if (deleting) object.metadata.deletionTimestamp = '2026-01-01T00:00:00Z';
  store.sink('eu').replace('Application', [object]);
  return store.applicationsOfService('a');
}

describe('withHub', () => {
  const ask = (
    explanation: Explanation,
    applications = deployed(),
    status: HubStatus = 'live',
  ) => {
    const { verdict, reason, sentence, hubAgrees, intent } = withHub(
      explanation,
      { status, title: 'Hub', applications },
    );
    return [verdict, reason, sentence, hubAgrees, intent !== undefined];
  };

  it.each([
    [
      'both have it',
      ask(git('deployed')),
      ['deployed', 'deployed', 'Git says.', true, true],
    ],
    [
      'only Git has it',
      ask(git('deployed'), []),
      [
        'absent',
        'application-pending',
        'Git says. Hub has not created it yet.',
        false,
        true,
      ],
    ],
    [
      'neither has it',
      ask(git('absent', 'label-missing'), []),
      ['absent', 'label-missing', 'Git says.', true, true],
    ],
    [
      'only the hub has it',
      ask(git('absent', 'label-missing')),
      ['deployed', 'not-in-git', 'Hub has `a`. Git says.', false, false],
    ],
    [
      'the hub is deleting it',
      ask(git('absent', 'label-missing'), deployed(true)),
      [
        'deployed',
        'application-deleting',
        'Hub is deleting `a`. Git says.',
        false,
        false,
      ],
    ],
    [
      'Git cannot tell, and it is there',
      ask(git('not-evaluable')),
      ['deployed', 'not-in-git', 'Hub has `a`. Git says.', undefined, false],
    ],
    [
      'Git cannot tell, and it is not there',
      ask(git('unknown'), []),
      ['unknown', 'unknown', 'Git says.', undefined, true],
    ],
    [
      'the hub does not answer',
      ask(git('deployed'), [], 'unreachable'),
      ['deployed', 'deployed', 'Git says.', undefined, true],
    ],
  ])('%s', (_name, answer, expected) => {
    expect(answer).toEqual(expected);
  });
});

describe('mostTelling', () => {
  it('prefers a repository that deploys, then one that knows the service', () => {
    const unknown = git('absent', 'not-onboarded');
    const absent = git('absent', 'label-missing');
    const present = git('deployed');
    expect(mostTelling([])).toBeUndefined();
    expect(mostTelling([unknown, absent])).toBe(absent);
    expect(mostTelling([unknown, absent, present])).toBe(present);
    expect(mostTelling([unknown, git('not-evaluable')])?.verdict).toBe(
      'not-evaluable',
    );
  });
});
