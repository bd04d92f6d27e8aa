import { planOf } from '../../__testUtils__/form';
import { verdictOn } from './verdict';

const stop = planOf({
  guards: [{ id: 'deletions', level: 'stop', message: 'Too many.' }],
});
const warn = planOf({
  guards: [{ id: 'wide', level: 'warn', message: 'Many.' }],
});
const refused = (statusCode: number) =>
  Object.assign(new Error('No.'), { statusCode });

it.each([
  ['no answer yet', { current: false }, 'pending'],
  ['an answer to the form before', { plan: warn, current: false }, 'pending'],
  ['a plan with a note', { plan: warn, current: true }, 'free'],
  ['a plan that a guard stops', { plan: stop, current: true }, 'stopped'],
  ['wrong input', { error: refused(400), current: true }, 'stopped'],
  ['no permission', { error: refused(403), current: true }, 'stopped'],
  ['a session that ended', { error: refused(401), current: true }, 'free'],
  ['an outage', { error: refused(503), current: true }, 'free'],
  [
    'no connection',
    { error: new TypeError('Failed to fetch'), current: true },
    'free',
  ],
])('%s: %j → %s', (_, answer, verdict) => {
  expect(verdictOn(answer)).toBe(verdict);
});

it('lets a guard pass that the form overrides, and no other', () => {
  const answer = { plan: stop, current: true };
  expect(verdictOn(answer, new Set(['deletions']))).toBe('free');
  expect(verdictOn(answer, new Set(['production']))).toBe('stopped');
});
