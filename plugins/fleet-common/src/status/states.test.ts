import fc from 'fast-check';
import { DEPLOYMENT_STATES, compareStates, worstState } from './states';

describe('worstState', () => {
  it('is undefined for nothing', () => {
    expect(worstState([])).toBeUndefined();
  });

  it('is the first of the sorted states, in whatever order they come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...DEPLOYMENT_STATES), { minLength: 1 }),
        states => {
          expect(worstState(states)).toBe([...states].sort(compareStates)[0]);
        },
      ),
    );
  });

  it('puts degraded first and healthy last', () => {
    expect(worstState(['healthy', 'progressing', 'degraded'])).toBe('degraded');
    expect(worstState(['healthy', 'out-of-sync'])).toBe('out-of-sync');
  });
});
