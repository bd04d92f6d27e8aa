import {
  Composer,
  CST,
  Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  Parser,
} from 'yaml';

/** What a document says to a reader: maps as pairs in their order, scalars with their type, aliases resolved. */
export type Content =
  | string
  | { list: Content[] }
  | { map: Array<[Content, Content]> }
  | Unreadable;

/** A document that the version of YAML does not take, as templates are before they are rendered. */
export interface Unreadable {
  unreadable: string;
}

export function isUnreadable(content: unknown): content is Unreadable {
  return (
    typeof content === 'object' && content !== null && 'unreadable' in content
  );
}

const CONTROLS = new Set<string>([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

export const YAML_VERSIONS = ['1.2', '1.1'] as const;

export interface Comment {
  text: string;
  offset: number;
}

/** A text as readers see it. */
export interface Reading {
  /** The documents by YAML version. */
  contents: Record<(typeof YAML_VERSIONS)[number], Content[]>;
  comments: Comment[];
}

/** Reads a text by YAML 1.2 and by YAML 1.1, which Argo CD's and Helm's libraries follow in part. */
export function readYaml(text: string): Reading {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const comments: Comment[] = [];
  let offset = 0;
  let announced = '';
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    // A lexeme of one control character announces the next one and is no part of the text.
    if (CONTROLS.has(lexeme)) {
      announced = lexeme;
      continue;
    }
    if (lexeme.startsWith('#') && announced !== CST.SCALAR)
      comments.push({ text: lexeme.trimEnd(), offset });
    announced = '';
    offset += lexeme.length;
  }
  tokens.push(...parser.end());
  return {
    contents: {
      '1.2': contentsOf(tokens, '1.2'),
      '1.1': contentsOf(tokens, '1.1'),
    },
    comments,
  };
}

function contentsOf(
  tokens: CST.Token[],
  version: (typeof YAML_VERSIONS)[number],
): Content[] {
  const composer = new Composer({
    version,
    merge: false,
    uniqueKeys: false,
    intAsBigInt: true,
  });
  return [...composer.compose(tokens)].map(document => {
    const [error] = document.errors;
    return error
      ? { unreadable: error.message }
      : contentOf(document.contents, document);
  });
}

function contentOf(node: unknown, document: Document): Content {
  if (isAlias(node)) return contentOf(node.resolve(document), document);
  if (isMap(node)) {
    return {
      map: node.items.map(({ key, value }) => [
        contentOf(key, document),
        contentOf(value, document),
      ]),
    };
  }
  if (isSeq(node))
    return { list: node.items.map(item => contentOf(item, document)) };
  return contentOfValue((isScalar(node) ? node.value : undefined) ?? null);
}

export function contentOfValue(value: unknown): Content {
  if (Array.isArray(value)) return { list: value.map(contentOfValue) };
  if (value instanceof Date) return `date ${value.toISOString()}`;
  if (value instanceof Uint8Array) return `bytes ${value.join()}`;
  // A merge key of YAML 1.1.
  if (typeof value === 'symbol') return `string ${value.description}`;
  if (value !== null && typeof value === 'object') {
    return {
      map: Object.entries(value).map(([key, item]) => [
        contentOfValue(key),
        contentOfValue(item),
      ]),
    };
  }
  const type = typeof value === 'bigint' ? 'number' : typeof value;
  return `${type} ${value}`;
}
