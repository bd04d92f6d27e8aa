const MASK = /<(rv|uid|continue)-(\d+)>|<time>|<5-random>|<130 KiB of x>/g;

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const PATTERNS: Record<string, string> = {
  rv: '(\\d+)',
  uid: '([0-9a-f-]{36})',
  continue: '([A-Za-z0-9_-]+)',
  '<time>': '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ',
  '<5-random>': '[a-z0-9]{5}',
  '<130 KiB of x>': 'x{130000,}',
};

/** Versions that a client made up stand before everything that the server gave out. */
const MADE_UP_VERSION = '5';

/**
 * What the masks of one recording stand for here: every mask has one value, different uids and tokens have different
 * values, and versions are in the same order.
 */
export class Masks {
  private readonly values = new Map<string, string>();
  private madeUp = 0;

  /** Puts values into a request; a mask that no answer has shown yet is something the client made up. */
  fill(text: string): string {
    return text
      .replace(MASK, (mask, kind: string) => {
        if (kind === undefined) {
          return mask === '<time>' ? '2020-01-01T00:00:00Z' : mask;
        }
        const known = this.values.get(mask);
        if (known !== undefined) return known;
        return kind === 'rv' ? MADE_UP_VERSION : this.makeUp(mask);
      })
      .replace(/<130 KiB of x>/g, 'x'.repeat(131_000));
  }

  /** Sets what a mask stands for. */
  learn(mask: string, value: string): void {
    this.values.set(mask, value);
  }

  private makeUp(mask: string): string {
    this.madeUp += 1;
    const value = `00000000-0000-4000-8000-${String(this.madeUp).padStart(
      12,
      '0',
    )}`;
    this.values.set(mask, value);
    return value;
  }

  /** True when the text is what the recording says, masks taken into account. Remembers what masks stand for. */
  matches(recorded: string, actual: string): boolean {
    if (!recorded.includes('<')) return recorded === actual;
    const names: string[] = [];
    let pattern = '';
    let position = 0;
    for (const match of recorded.matchAll(MASK)) {
      pattern += escapeRegExp(recorded.slice(position, match.index));
      pattern += PATTERNS[match[1] ?? match[0]];
      if (match[1]) names.push(match[0]);
      position = match.index + match[0].length;
    }
    pattern += escapeRegExp(recorded.slice(position));
    const found = new RegExp(`^${pattern}$`, 's').exec(actual);
    if (!found) return false;
    return names.every((name, index) => this.bind(name, found[index + 1]));
  }

  private bind(mask: string, value: string): boolean {
    const known = this.values.get(mask);
    if (known !== undefined) return known === value;
    if (mask.startsWith('<rv-')) {
      if (!this.inOrder(mask, value)) return false;
    } else if ([...this.values.values()].includes(value)) {
      return false;
    }
    this.values.set(mask, value);
    return true;
  }

  /** Other tenants of the recorded server used up versions, so two masks may stand for one version here. */
  private inOrder(mask: string, value: string): boolean {
    const rank = (name: string) => Number(/\d+/.exec(name)![0]);
    return [...this.values].every(
      ([name, other]) =>
        !name.startsWith('<rv-') ||
        (rank(name) < rank(mask)
          ? Number(other) <= Number(value)
          : Number(other) >= Number(value)),
    );
  }
}
