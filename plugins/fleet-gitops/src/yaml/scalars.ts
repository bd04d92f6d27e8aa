/**
 * What a value can be. `undefined` does not exist in YAML, `null` does.
 *
 * @public
 */
export type YamlScalar = string | number | boolean | null;

/** @public */
export type YamlValue = YamlScalar | YamlValue[] | { [key: string]: YamlValue };

/** How a string is written; `plain-single` takes single quotes only where some are needed, `plain` double ones. */
export type QuoteStyle = 'plain' | 'plain-single' | 'single' | 'double';

/*
 * Words and numbers that some reader takes for something else than a string: YAML 1.2 core, YAML 1.1 (which Argo CD's
 * and Helm's Go libraries follow in part), and Go's ParseFloat.
 * Source: https://yaml.org/type/, go-yaml `resolve.go`.
 */
const WORDS =
  /^(~|null|true|false|yes|no|on|off|y|n|=|<<|[-+]?\.?(inf|infinity|nan))$/i;
const INTEGER =
  /^[-+]?(0b[01_]+|0o[0-7_]+|0x[0-9a-f_]+(\.[0-9a-f_]*)?(p[-+]?[0-9]+)?|[0-9][0-9_,]*)$/i;
const FLOAT = /^[-+]?[0-9_]*(\.[0-9_]*)?(e[-+]?[0-9_]+)?$/i;
const SEXAGESIMAL = /^[-+]?[0-9][0-9_]*(:[0-9]{1,2})+(\.[0-9_]*)?$/;
const TIMESTAMP = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}($|[Tt\s])/;

/**
 * Whether a plain (unquoted) scalar with this text may be read as a number, boolean, null or date.
 */
export function isAmbiguous(text: string): boolean {
  return (
    text === '' ||
    WORDS.test(text) ||
    INTEGER.test(text) ||
    FLOAT.test(text) ||
    SEXAGESIMAL.test(text) ||
    TIMESTAMP.test(text)
  );
}

/*
 * Deliberately narrow: what is not obviously safe in block and in flow context is quoted.
 */
const PLAIN =
  /^(?!\.\.\.)[A-Za-z0-9_./$(](?:[A-Za-z0-9_./$()@=+~^%;\\-]|:(?=[^\s])| (?=[A-Za-z0-9_./$()+~^%\\]))*$/;

/** Whether a string may be written without quotes and is read back as the same string by every reader. */
export function isPlainSafe(text: string): boolean {
  return PLAIN.test(text) && !isAmbiguous(text);
}

/** A string in double quotes; JSON's escapes are all valid in YAML. */
export function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(
    // What JSON leaves as it is and YAML does not call printable.
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function singleQuoted(text: string): string | undefined {
  // eslint-disable-next-line no-control-regex
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ud800-\udfff]/.test(
    text,
  )
    ? undefined
    : `'${text.replace(/'/g, "''")}'`;
}

/**
 * One line that stands for a scalar, in the wanted style where that style can carry it, else in double quotes.
 */
export function formatScalar(value: YamlScalar, style: QuoteStyle): string {
  if (typeof value !== 'string') {
    if (typeof value === 'number' && !Number.isFinite(value))
      throw new RangeError(`${value} has no YAML number`);
    return String(value);
  }
  if (style.startsWith('plain') && isPlainSafe(value)) return value;
  if (style.endsWith('single'))
    return singleQuoted(value) ?? doubleQuoted(value);
  return doubleQuoted(value);
}

export function isScalarValue(value: YamlValue): value is YamlScalar {
  return value === null || typeof value !== 'object';
}
