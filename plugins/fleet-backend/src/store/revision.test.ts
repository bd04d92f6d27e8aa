import { RevisionCounter } from './revision';

describe('revisions', () => {
  it('are not taken for those of another replica or another life', () => {
    const one = new RevisionCounter({ now: 5_000, random: 0.1 });
    const other = new RevisionCounter({ now: 4_000, random: 0.2 });
    const later = new RevisionCounter({ now: 6_000, random: 0.1 });
    const revision = one.advance();
    expect(one.knows(revision)).toBe(true);
    expect(other.knows(revision)).toBe(false);
    expect(later.knows(revision)).toBe(false);
    expect(one.knows(0)).toBe(false);
    expect(one.knows(later.current)).toBe(false);
    expect(Number.isSafeInteger(new RevisionCounter().current)).toBe(true);
  });
});
