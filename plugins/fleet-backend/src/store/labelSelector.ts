/** Tells whether labels match. */
export type LabelMatcher = (labels: Record<string, string>) => boolean;

const REQUIREMENT =
  /^\s*(?:(!)\s*([^\s!=,()]+)|([^\s!=,()]+)\s*(?:(==|=|!=)\s*([^\s!=,()]*)|\s(in|notin)\s*\(([^()]*)\))?)\s*$/;

/**
 * Reads a Kubernetes label selector: `a=b`, `a==b`, `a!=b`, `a in (b, c)`, `a notin (b)`, `a`, `!a`, joined by commas.
 *
 * As in Kubernetes, `!=` and `notin` hold for objects without the label.
 *
 * Source: `apimachinery/pkg/labels/selector.go`.
 *
 * @returns `undefined` for text that is no selector
 */
export function parseLabelSelector(text: string): LabelMatcher | undefined {
  const matchers: LabelMatcher[] = [];
  for (const part of splitRequirements(text)) {
    const found = REQUIREMENT.exec(part);
    if (!found) return undefined;
    const [, not, absentKey, key, operator, value, set, values] = found;
    if (not) {
      matchers.push(labels => labels[absentKey] === undefined);
    } else if (operator === '!=') {
      matchers.push(labels => labels[key] !== value);
    } else if (operator) {
      matchers.push(labels => labels[key] === value);
    } else if (set) {
      const allowed = values.split(',').map(item => item.trim());
      matchers.push(labels =>
        set === 'in'
          ? labels[key] !== undefined && allowed.includes(labels[key])
          : labels[key] === undefined || !allowed.includes(labels[key]),
      );
    } else {
      matchers.push(labels => labels[key] !== undefined);
    }
  }
  if (matchers.length === 0) return undefined;
  return labels => matchers.every(matches => matches(labels));
}

/** Splits at the commas outside parentheses. */
function splitRequirements(text: string): string[] {
  return text.split(/,(?![^(]*\))/).filter(part => part.trim() !== '');
}
