import { labelKeyProblems, labelValueProblems } from './names';
import { badRequest } from './status';

/** Tests the labels of one object. */
export type LabelPredicate = (labels: Record<string, string>) => boolean;

const SYMBOLS = new Set(['(', ')', ',', '!', '=', '==', '!=', '>', '<']);
const SYMBOL_CHARACTERS = '=!(),><';
const OPERATORS = ['=', '==', '!=', '>', '<', 'in', 'notin'];

interface Token {
  /** `symbol` for punctuation, `word` for identifiers and the words in and notin, `end` at the end. */
  kind: 'symbol' | 'word' | 'end';
  text: string;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < text.length) {
    if (/\s/.test(text[position])) {
      position += 1;
    } else if (SYMBOL_CHARACTERS.includes(text[position])) {
      const two = text.slice(position, position + 2);
      const symbol = SYMBOLS.has(two) ? two : text[position];
      tokens.push({ kind: 'symbol', text: symbol });
      position += symbol.length;
    } else {
      const [word] = /^[^\s=!(),><]+/.exec(text.slice(position))!;
      tokens.push({ kind: 'word', text: word });
      position += word.length;
    }
  }
  return tokens;
}

const END: Token = { kind: 'end', text: '' };

class SelectorParser {
  private readonly tokens: Token[];
  private position = 0;

  constructor(text: string) {
    this.tokens = tokenize(text);
  }

  parse(): LabelPredicate[] {
    const requirements: LabelPredicate[] = [];
    while (this.peek().kind !== 'end') {
      if (!this.atRequirement()) {
        throw new Error(
          `found '${
            this.peek().text
          }', expected: !, identifier, or 'end of string'`,
        );
      }
      try {
        requirements.push(this.parseRequirement());
      } catch (error) {
        throw new Error(
          `unable to parse requirement: ${(error as Error).message}`,
        );
      }
      const separator = this.next();
      if (separator.kind === 'end') break;
      if (separator.text !== ',') {
        throw new Error(
          `found '${separator.text}', expected: ',' or 'end of string'`,
        );
      }
      if (!this.atRequirement()) {
        throw new Error(
          `found '${this.peek().text}', expected: identifier after ','`,
        );
      }
    }
    return requirements;
  }

  private peek(): Token {
    return this.tokens[this.position] ?? END;
  }

  private next(): Token {
    const token = this.peek();
    this.position += 1;
    return token;
  }

  private atRequirement(): boolean {
    const token = this.peek();
    return token.kind === 'word' || token.text === '!';
  }

  private parseRequirement(): LabelPredicate {
    const absent = this.peek().text === '!';
    if (absent) this.next();
    const keyToken = this.next();
    if (keyToken.kind !== 'word') {
      throw new Error(`found '${keyToken.text}', expected: identifier`);
    }
    const key = keyToken.text;
    const [keyProblem] = labelKeyProblems(key);
    if (keyProblem) {
      throw new Error(
        `<nil>: Invalid value: ${JSON.stringify(key)}: ${keyProblem}`,
      );
    }
    if (absent) return labels => !(key in labels);
    const following = this.peek();
    if (following.kind === 'end' || following.text === ',') {
      return labels => key in labels;
    }
    const operator = this.next();
    if (!OPERATORS.includes(operator.text)) {
      throw new Error(
        `found '${operator.text}', expected: in, notin, =, ==, !=, gt, lt`,
      );
    }
    const values =
      operator.text === 'in' || operator.text === 'notin'
        ? this.parseValues()
        : this.parseExactValue();
    return requirement(key, operator.text, values);
  }

  private parseExactValue(): string[] {
    const token = this.peek();
    if (token.kind === 'end' || token.text === ',') return [''];
    this.next();
    if (token.kind !== 'word') {
      throw new Error(`found '${token.text}', expected: identifier`);
    }
    return [token.text];
  }

  private parseValues(): string[] {
    const open = this.next();
    if (open.text !== '(')
      throw new Error(`found '${open.text}' expected: '('`);
    const values: string[] = [];
    let expectValue = true;
    for (;;) {
      const token = this.next();
      if (token.text === ')' && token.kind === 'symbol') {
        if (expectValue) values.push('');
        return values;
      }
      if (token.text === ',' && token.kind === 'symbol') {
        if (expectValue) values.push('');
        expectValue = true;
      } else if (token.kind === 'word' && expectValue) {
        values.push(token.text);
        expectValue = false;
      } else if (expectValue) {
        throw new Error(
          values.length === 0
            ? `found '${token.text}', expected: ',', ')' or identifier`
            : `found '${token.text}', expected: ',', or identifier`,
        );
      } else {
        throw new Error(`found '${token.text}', expected: ',' or ')'`);
      }
    }
  }
}

function requirement(
  key: string,
  operator: string,
  values: string[],
): LabelPredicate {
  const sorted = [...new Set(values)].sort();
  const numeric = operator === '>' || operator === '<';
  if (numeric && !/^[-+]?\d+$/.test(values[0])) {
    throw new Error(
      `values[0][${key}]: Invalid value: ${JSON.stringify(
        values[0],
      )}: for 'Gt', 'Lt' operators, the value must be an integer`,
    );
  }
  sorted.forEach((value, index) => {
    const [problem] = labelValueProblems(value);
    if (problem) {
      throw new Error(
        `values[${index}][${key}]: Invalid value: ${JSON.stringify(
          value,
        )}: ${problem}`,
      );
    }
  });
  const wanted = new Set(sorted);
  switch (operator) {
    case 'notin':
    case '!=':
      return labels => !(key in labels) || !wanted.has(labels[key]);
    case '>':
      return labels => key in labels && Number(labels[key]) > Number(values[0]);
    case '<':
      return labels => key in labels && Number(labels[key]) < Number(values[0]);
    default:
      return labels => key in labels && wanted.has(labels[key]);
  }
}

/**
 * Parses a label selector of the API (`env in (prod,staging),tier!=x,!legacy`); raises 400 with the message of
 * Kubernetes.
 *
 * Source: Kubernetes `apimachinery/pkg/labels/selector.go`.
 */
export function parseLabelSelector(text: string): LabelPredicate {
  let requirements: LabelPredicate[];
  try {
    requirements = new SelectorParser(text).parse();
  } catch (error) {
    throw badRequest((error as Error).message);
  }
  return labels => requirements.every(matches => matches(labels));
}
