import {
  Alias,
  Document,
  EmptyStream,
  Node,
  Pair,
  Scalar,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
} from 'yaml';
import { FunctionError } from '../errors';
import { decodeBase64 } from '../encoding/base64';
import { formatFloat } from '../fmt/decimal';
import { fromBytes, toBytes } from '../values/goString';
import { GoDict, Value, setEntry } from '../values/types';
import { firstIndentedBlock, refusedByGo } from './goYamlRules';
import { indentContinuations } from './indentContinuations';
import { ResolvedScalar, resolveScalar } from './resolve';

class YamlError extends FunctionError {}

/** How a text is parsed that is decoded as go-yaml v2 does: every scalar stays the text that it is. */
export const GO_YAML = {
  version: '1.1',
  schema: 'failsafe',
  keepSourceTokens: true,
  uniqueKeys: false,
  strict: false,
  logLevel: 'silent',
  merge: false,
} as const;

const CONVERTING = 'error converting YAML to JSON: yaml: ';

/** Tags that go-yaml v2 checks against the content; the others leave a string. */
const TAGS: Record<string, ResolvedScalar['tag']> = {
  'tag:yaml.org,2002:int': 'int',
  'tag:yaml.org,2002:float': 'float',
  'tag:yaml.org,2002:bool': 'bool',
  'tag:yaml.org,2002:null': 'null',
  'tag:yaml.org,2002:timestamp': 'timestamp',
};

function resolve(scalar: Scalar): ResolvedScalar {
  if (hasEscape(scalar, /^\//)) {
    throw new YamlError(`${CONVERTING}found unknown escape character`);
  }
  if (hasEscape(scalar, /^u[dD][89a-fA-F]/)) {
    throw new YamlError(
      `${CONVERTING}found invalid Unicode character escape code`,
    );
  }
  if (beginsWithTab(scalar)) {
    throw new YamlError(
      `${CONVERTING}found a tab character where an indentation space is expected`,
    );
  }
  const text =
    typeof scalar.value === 'string'
      ? scalar.value
      : String(scalar.value ?? '');
  const { tag } = scalar;
  if (!tag) {
    return scalar.type === 'PLAIN' || scalar.type === undefined
      ? resolveScalar(text)
      : { tag: 'str', value: text };
  }
  if (tag === 'tag:yaml.org,2002:binary') {
    return { tag: 'str', value: decodeBinary(text) };
  }
  const wanted = TAGS[tag];
  if (!wanted) {
    return { tag: 'str', value: text };
  }
  const resolved = resolveScalar(text);
  if (resolved.tag === wanted) {
    return resolved;
  }
  if (wanted === 'float' && resolved.tag === 'int') {
    return { tag: 'float', value: Number(resolved.value) };
  }
  throw new YamlError(
    `${CONVERTING}cannot decode !!${resolved.tag} \`${text}\` as a !!${wanted}`,
  );
}

function decodeBinary(text: string): string {
  try {
    return fromBytes(decodeBase64(toBytes(text)));
  } catch {
    throw new YamlError(
      `${CONVERTING}!!binary value contains invalid base64 data`,
    );
  }
}

/** A block scalar that leaves its indentation to its first line, and begins that with a tab behind spaces. */
function beginsWithTab({ srcToken }: Scalar): boolean {
  return (
    srcToken?.type === 'block-scalar' &&
    /^(?:[ ]*\r?\n)*[ ]*\t/.test(srcToken.source) &&
    !srcToken.props.some(
      prop => prop.type === 'block-scalar-header' && /\d/.test(prop.source),
    )
  );
}

/** Escapes that JSON has and go-yaml v2 does not take: a slash, and characters in two halves. */
function hasEscape({ type, srcToken }: Scalar, escaped: RegExp): boolean {
  if (type !== 'QUOTE_DOUBLE') return false;
  const source = srcToken && 'source' in srcToken ? srcToken.source : '';
  return (
    source.includes('\\') &&
    [...source.matchAll(/\\([^u]|u..)/gs)].some(([, name]) =>
      escaped.test(name),
    )
  );
}

/** How sigs.k8s.io/yaml writes a key that is no string. */
function keyText(resolved: ResolvedScalar): string {
  switch (resolved.tag) {
    case 'float': {
      if (Number.isNaN(resolved.value)) {
        return '.nan';
      }
      if (!Number.isFinite(resolved.value)) {
        return resolved.value > 0 ? '.inf' : '-.inf';
      }
      return formatFloat32(resolved.value);
    }
    case 'null':
      throw new YamlError(
        'error converting YAML to JSON: unsupported map key of type: %!s(<nil>), key: <nil>',
      );
    default:
      return String(resolved.value);
  }
}

/** strconv.FormatFloat(value, 'g', -1, 32). */
function formatFloat32(value: number): string {
  for (let precision = 1; precision < 17; precision++) {
    const text = value.toPrecision(precision);
    if (Math.fround(Number(text)) === Math.fround(value)) {
      return formatFloat(Number(text), 'g', -1);
    }
  }
  return formatFloat(value, 'g', -1);
}

/** Converts the nodes of one document as go-yaml v2 decodes into interface{}, then as JSON. */
class Decoder {
  private readonly open = new Set<Node>();

  constructor(
    private readonly document: Document,
    private readonly text: string,
  ) {}

  decode(node: Node | null | undefined): Value {
    if (!node) {
      return null;
    }
    if (isAlias(node)) {
      return this.decode(this.target(node));
    }
    if (isScalar(node)) {
      const value = scalarValue(resolve(node));
      return this.endsWithoutNewline(node)
        ? (value as string).replace(/\n$/, '')
        : value;
    }
    if (this.open.has(node)) {
      throw new YamlError(`${CONVERTING}anchor contains itself`);
    }
    this.open.add(node);
    let value: Value = null;
    if (isSeq(node)) {
      value = node.items.map(item => this.decode(item as Node));
    } else if (isMap(node)) {
      value = this.decodeMap(node.items as Pair[]);
    }
    this.open.delete(node);
    return value;
  }

  /** A block scalar at the end of a text that has no final newline has none either. */
  private endsWithoutNewline({ type, range }: Scalar): boolean {
    return (
      (type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED') &&
      !this.text.endsWith('\n') &&
      range?.[1] === this.text.length
    );
  }

  private target(alias: Alias): Node {
    const target = alias.resolve(this.document);
    if (!target) {
      throw new YamlError(
        `${CONVERTING}unknown anchor '${alias.source}' referenced`,
      );
    }
    return target;
  }

  private key(node: Node | null): ResolvedScalar {
    const target = node && isAlias(node) ? this.target(node) : node;
    if (target && !isScalar(target)) {
      throw new YamlError(`${CONVERTING}invalid map key`);
    }
    return target ? resolve(target as Scalar) : { tag: 'null', value: null };
  }

  private decodeMap(pairs: readonly Pair[]): GoDict {
    const result: GoDict = {};
    const merged: GoDict = {};
    for (const pair of pairs) {
      if (isMergeKey(pair.key)) {
        this.merge(merged, pair.value as Node);
      } else {
        const key = this.key(pair.key as Node | null);
        setEntry(result, keyText(key), this.decode(pair.value as Node));
      }
    }
    for (const key of Object.keys(merged)) {
      if (!Object.hasOwn(result, key)) {
        setEntry(result, key, merged[key]);
      }
    }
    return result;
  }

  private merge(into: GoDict, node: Node): void {
    const target = isAlias(node) ? this.target(node) : node;
    const maps = isSeq(target) ? (target.items as Node[]) : [target];
    for (const item of maps) {
      const source = isAlias(item) ? this.target(item) : item;
      if (!isMap(source)) {
        throw new YamlError(
          `${CONVERTING}map merge requires map or sequence of maps as the value`,
        );
      }
      const entries = this.decode(source) as GoDict;
      for (const key of Object.keys(entries)) {
        if (!Object.hasOwn(into, key)) {
          setEntry(into, key, entries[key]);
        }
      }
    }
  }
}

function isMergeKey(key: unknown): boolean {
  return (
    isScalar(key) &&
    key.value === '<<' &&
    (key.tag === 'tag:yaml.org,2002:merge' ||
      (!key.tag && key.type === 'PLAIN'))
  );
}

function scalarValue(resolved: ResolvedScalar): Value {
  return resolved.tag === 'int' ? Number(resolved.value) : resolved.value;
}

/** Where go-yaml stops to read a document whose root is closed by a bracket or a quote. */
function endOfRoot(root: Node | null): number {
  const isClosed =
    (isCollection(root) && root.flow) ||
    (isScalar(root) && root.type?.startsWith('QUOTE_'));
  return isClosed && root?.range ? root.range[1] : Infinity;
}

/**
 * sigs.k8s.io/yaml's Unmarshal into interface{}: YAML 1.1 as go-yaml v2 reads it, then JSON, so that every number is
 * a float64. Only the first document counts.
 *
 * @throws FunctionError when the text is no YAML
 */
export function unmarshalYaml(text: string): Value {
  const refused = refusedByGo(text);
  if (refused) {
    throw new YamlError(`${CONVERTING}${refused}`);
  }
  if (/^[ \r\n]*$/.test(text)) {
    return null;
  }
  const read = parseFirst(text);
  if (!('error' in read)) {
    return decodeDocument(read.document, text);
  }
  for (const accepted of acceptedForms(text)) {
    const again = parseFirst(accepted);
    if (!('error' in again)) {
      return decodeDocument(again.document, accepted);
    }
  }
  throw new YamlError(`${CONVERTING}${read.error}`);
}

/** Texts to read in place of one that has an error by YAML's rules, and none by go-yaml's. */
function acceptedForms(text: string): string[] {
  const block = firstIndentedBlock(text);
  return [
    indentContinuations(text),
    ...(block === undefined ? [] : [block, indentContinuations(block)]),
  ].filter(form => form !== text);
}

function parseFirst(
  text: string,
): { error: string } | { document: Document | undefined } {
  const documents = parseAllDocuments(text, GO_YAML);
  const [document] = documents;
  const { errors, warnings } = document ?? (documents as EmptyStream);
  const end = document ? endOfRoot(document.contents as Node | null) : Infinity;
  const error = errors.find(
    ({ code, pos, message }) =>
      (code !== 'UNEXPECTED_TOKEN' || pos[0] < end) &&
      // Behind a bracket or a quote go-yaml takes `#` for a comment all the same.
      !message.startsWith('Comments must be separated'),
  );
  if (error) {
    const line = error.linePos?.[0].line;
    return {
      error: `${line ? `line ${line}: ` : ''}${error.message.split('\n')[0]}`,
    };
  }
  if (warnings.some(({ code }) => code === 'BAD_DIRECTIVE')) {
    return { error: 'found unknown directive name' };
  }
  return { document: document as Document | undefined };
}

/**
 * The content of a document that was parsed with {@link GO_YAML}.
 *
 * @throws FunctionError where go-yaml takes the document, and not what it says
 */
export function decodeDocument(
  document: Document | undefined,
  text: string,
): Value {
  if (!document) {
    return null;
  }
  const { yaml } = document.directives ?? {};
  if (yaml?.explicit && yaml.version !== '1.1') {
    throw new YamlError(`${CONVERTING}found incompatible YAML document`);
  }
  const value = new Decoder(document, text).decode(document.contents as Node);
  refuseNonFinite(value);
  return value;
}

/** JSON has no infinity; one that a later entry of the same key replaces does no harm. */
function refuseNonFinite(value: Value): void {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new YamlError(
      `error converting YAML to JSON: json: unsupported value: ${formatFloat(
        value,
        'g',
        -1,
      )}`,
    );
  }
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(refuseNonFinite);
  }
}
