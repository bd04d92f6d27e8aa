import { runes } from '../values/goString';
import { isSpace, isUpper, lowerCharacter, upperCharacter } from './text';

/** Words by huandu/xstrings' rules, on which Sprig's snakecase, kebabcase and camelcase rest. */
type WordType =
  | 'invalid'
  | 'number'
  | 'upper'
  | 'alphabet'
  | 'connector'
  | 'punctuation'
  | 'other';

interface Word {
  type: WordType;
  chars: string[];
}

function isConnector(char: string): boolean {
  return char === '-' || char === '_' || isSpace(char);
}

function isPunctuation(char: string): boolean {
  return /^\p{P}$/u.test(char);
}

function isNumber(char: string): boolean {
  return /^\p{N}$/u.test(char);
}

/** A letter, but for Chinese characters. Source: xstrings `count.go`. */
function isAlphabet(char: string): boolean {
  return (
    /^\p{L}$/u.test(char) &&
    !/^[\u4E00-\u9FCC\u3400-\u4D85\u{20000}-\u{2B81D}]$/u.test(char)
  );
}

function runLength(
  chars: readonly string[],
  start: number,
  belongs: (char: string) => boolean,
): number {
  let end = start;
  while (end < chars.length && belongs(chars[end])) {
    end++;
  }
  return end;
}

/** Reads words one after the other. */
class WordReader {
  private position = 0;

  constructor(private readonly chars: readonly string[]) {}

  get atEnd(): boolean {
    return this.position >= this.chars.length;
  }

  next(): Word {
    if (this.atEnd) {
      return { type: 'invalid', chars: [] };
    }
    const start = this.position;
    const [type, end] = this.classify(start);
    this.position = end;
    return { type, chars: this.chars.slice(start, end) };
  }

  private classify(start: number): [WordType, number] {
    const { chars } = this;
    const first = chars[start];
    if (isConnector(first)) {
      return ['connector', runLength(chars, start + 1, isConnector)];
    }
    if (isPunctuation(first)) {
      return ['punctuation', runLength(chars, start + 1, isPunctuation)];
    }
    if (isUpper(first)) {
      return ['upper', this.upperEnd(start + 1)];
    }
    const isSmall = (char: string) => isAlphabet(char) && !isUpper(char);
    if (isAlphabet(first)) {
      return ['alphabet', runLength(chars, start + 1, isSmall)];
    }
    if (isNumber(first)) {
      return ['number', runLength(chars, start + 1, isNumber)];
    }
    const isOther = (char: string) =>
      !isConnector(char) &&
      !isAlphabet(char) &&
      !isNumber(char) &&
      !isPunctuation(char);
    return ['other', runLength(chars, start + 1, isOther)];
  }

  /** `HTTPServer` is HTTP and Server; `Server` is one word. */
  private upperEnd(second: number): number {
    const { chars } = this;
    const isSmall = (char: string) => isAlphabet(char) && !isUpper(char);
    if (second >= chars.length) {
      return second;
    }
    if (isUpper(chars[second])) {
      const end = runLength(chars, second + 1, isUpper);
      return end < chars.length && isAlphabet(chars[end]) ? end - 1 : end;
    }
    return isAlphabet(chars[second])
      ? runLength(chars, second + 1, isSmall)
      : second;
  }
}

function lowerWord({ type, chars }: Word, connector: string): string {
  if (type !== 'upper' && type !== 'connector') {
    return chars.join('');
  }
  return chars
    .map(char => {
      if (isConnector(char)) {
        return connector;
      }
      return isUpper(char) ? lowerCharacter(char) : char;
    })
    .join('');
}

function isJoint(type: WordType): boolean {
  return type === 'connector' || type === 'punctuation';
}

/** xstrings' camelCaseToLowerCase, step by step as upstream. */
function toLowerWords(text: string, connector: string): string {
  const reader = new WordReader(runes(text));
  let out = '';
  let word = reader.next();
  const takeWordsAndNumbers = () => {
    while (word.type === 'alphabet' || word.type === 'number') {
      out += lowerWord(word, connector);
      word = reader.next();
    }
    if (word.type !== 'invalid' && !isJoint(word.type)) {
      out += connector;
    }
  };
  while (!reader.atEnd) {
    if (word.type !== 'connector') {
      out += lowerWord(word, connector);
    }
    const previous = word;
    word = reader.next();
    if (previous.type === 'number') {
      takeWordsAndNumbers();
    } else if (previous.type === 'connector') {
      out += lowerWord(previous, connector);
    } else if (previous.type !== 'punctuation') {
      if (word.type !== 'number') {
        out += isJoint(word.type) ? '' : connector;
      } else if (!reader.atEnd) {
        const number = word;
        word = reader.next();
        if (word.type === 'alphabet') {
          out += connector + lowerWord(number, connector);
          takeWordsAndNumbers();
        } else {
          out += lowerWord(number, connector);
          out += isJoint(word.type) ? '' : connector;
        }
      }
    }
  }
  return out + lowerWord(word, connector);
}

export function snakeCase(text: string): string {
  return toLowerWords(text, '_');
}

export function kebabCase(text: string): string {
  return toLowerWords(text, '-');
}

/** xstrings' ToPascalCase, which Sprig calls camelcase. */
export function camelCase(text: string): string {
  const chars = runes(text);
  const start = runLength(chars, 0, isConnector);
  let out = chars.slice(0, start).join('');
  if (start >= chars.length) {
    // Upstream writes the last connector twice.
    return out + (chars.at(-1) ?? '');
  }
  let firstWasUpper = isUpper(chars[start]);
  let current = upperCharacter(chars[start]);
  for (const char of chars.slice(start + 1)) {
    const previous = current;
    current = char;
    if (isConnector(current) && isConnector(previous)) {
      out += previous;
    } else if (isConnector(previous)) {
      firstWasUpper = isUpper(current);
      current = upperCharacter(current);
    } else {
      if (firstWasUpper) {
        if (isUpper(current)) {
          current = lowerCharacter(current);
        } else {
          firstWasUpper = false;
        }
      }
      out += previous;
    }
  }
  return out + current;
}
