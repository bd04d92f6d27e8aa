import { planProblem } from './planProblem';

const refused = (message: string) =>
  Object.assign(new Error('400'), { body: { error: { message } } });

it.each([
  [
    'parameters.kubernetesVersion: `1.34` lacks the patch version.',
    '`1.34` lacks the patch version.',
  ],
  [
    'parameters.clusters[0]: there is no cluster spoke-9.',
    'There is no cluster spoke-9.',
  ],
  ['Branch main is protected.', 'Branch main is protected.'],
  ['parameters are missing: service.', 'Parameters are missing: service.'],
])('says %s to who fills in a form', (message, said) => {
  expect(planProblem(refused(message))).toBe(said);
});
