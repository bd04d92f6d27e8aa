import { isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import { applyYamlEdits, YamlEdit, YamlEditError, YamlValue } from '../yaml';
import { checkEdit, EditTarget } from './editCheck';

/**
 * What became of one edit of a sweep: made and proven, refused with a reason, or wrong with what is wrong about it.
 *
 * @public
 */
export type SweptEdit = {
  /** Operation, document and path, as a name for the edit. */
  name: string;
  operation: YamlEdit['op'];
} & (
  | { outcome: 'edited' }
  | { outcome: 'refused'; reason: string; message: string }
  | { outcome: 'wrong'; message: string }
);

/** Values that are easy to write wrongly, each for one edit after the other. */
const VALUES: YamlValue[] = [
  'v1.2.3',
  'on',
  42,
  '0123',
  'two words: # no comment',
  true,
  '1e3',
  '',
  '1234567890123456789012345678901234567890',
  "it's",
  null,
  '2026-01-31',
  '1:30',
  'one\ntwo\n',
  '{{ .Values.image }}',
  '- no item',
  0.5,
  'ünï ☃',
];

const COLLECTIONS: YamlValue[] = [
  { name: 'added', ports: [80, 443] },
  ['added', { nested: { deep: 'yes' } }],
  {},
  [],
];

const ADDED_KEY = 'fleet-added';

/**
 * Makes one edit of each kind at every scalar, map and list of a text, one at a time, and proves each: read again by YAML
 * 1.2 and 1.1 it says what it said with the edit applied, no comment is lost, and no other line has changed.
 *
 * @param select - which edits to make, by their number in the text; by default all
 * @public
 */
export function* sweepYamlEdits(
  text: string,
  select: (ordinal: number) => boolean = () => true,
): Generator<SweptEdit> {
  let ordinal = 0;
  for (const target of targetsOf(text)) {
    if (select(ordinal)) {
      const edit = target.edit(ordinal);
      const { op: operation, document = 0, path } = edit;
      const name = `${operation} ${document}:${path.join('.')}`;
      yield { name, operation, ...attempt(text, edit, target) };
    }
    ordinal++;
  }
}

type Outcome =
  | { outcome: 'edited' }
  | { outcome: 'refused'; reason: string; message: string }
  | { outcome: 'wrong'; message: string };

function attempt(text: string, edit: YamlEdit, target: EditTarget): Outcome {
  let output: string;
  try {
    output = applyYamlEdits(text, [edit]);
  } catch (error) {
    if (!(error instanceof YamlEditError))
      return { outcome: 'wrong', message: `fails: ${error}` };
    const { reason, message } = error;
    return { outcome: 'refused', reason, message };
  }
  const message = checkEdit({ text, output, edit, target });
  return message === undefined
    ? { outcome: 'edited' }
    : { outcome: 'wrong', message };
}

interface SweepTarget extends EditTarget {
  edit(ordinal: number): YamlEdit;
}

const scalarAt = (ordinal: number) => VALUES[ordinal % VALUES.length];

function anyAt(ordinal: number): YamlValue {
  return ordinal % 3 === 2
    ? COLLECTIONS[(ordinal / 3) % COLLECTIONS.length | 0]
    : scalarAt(ordinal);
}

function targetsOf(text: string): SweepTarget[] {
  const parsed = parseAllDocuments(text, {
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
  });
  const documents = 'empty' in parsed ? [] : parsed;
  return documents.flatMap((document, index) => {
    const root = document.contents;
    const start = root?.range?.[0] ?? 0;
    const range: EditTarget['range'] = [start, root?.range?.[1] ?? start];
    return targetsBelow(root, {
      path: [],
      positions: [],
      document: index,
      range,
    });
  });
}

interface Place extends EditTarget {
  path: Array<string | number>;
  document: number;
}

/** Entries in braces share lines with each other. */
function wholeRange(node: { range?: number[] | null }): [number, number] {
  return [node.range![0], node.range![1]];
}

function targetsBelow(node: unknown, place: Place): SweepTarget[] {
  const { path, positions, document } = place;
  const own = (edit: SweepTarget['edit']) => ({ ...place, edit });
  if (isMap(node)) {
    const pairs = node.items.flatMap((pair, index): SweepTarget[] => {
      const key = pair.key as { range?: number[] } | null;
      if (!isScalar(key) || !key.range) return [];
      const value = pair.value as { range?: number[] } | null;
      const end = value?.range?.[1] ?? key.range[1];
      const below: Place = {
        path: [...path, String(key.value ?? '')],
        positions: [...positions, index],
        document,
        range: node.flow ? wholeRange(node) : [key.range[0], end],
      };
      return [
        {
          ...below,
          edit: () => ({ op: 'remove', path: below.path, document }),
        },
        {
          ...below,
          edit: ordinal => ({
            op: 'rename',
            path: below.path,
            key: ordinal % 2 === 0 ? ADDED_KEY : 'on',
            document,
          }),
        },
        ...targetsBelow(pair.value, below),
      ];
    });
    return [
      own(ordinal => ({
        op: 'add',
        path,
        key: ADDED_KEY,
        value: anyAt(ordinal),
        document,
      })),
      ...pairs,
    ];
  }
  if (isSeq(node)) {
    const items = node.items.flatMap((item, index): SweepTarget[] => {
      const range = (item as { range?: number[] } | null)?.range;
      if (!range) return [];
      const below: Place = {
        path: [...path, index],
        positions: [...positions, index],
        document,
        range: node.flow ? wholeRange(node) : [range[0], range[1]],
      };
      return [
        {
          ...below,
          edit: () => ({ op: 'remove', path: below.path, document }),
        },
        ...targetsBelow(item, below),
      ];
    });
    return [
      own(ordinal => ({ op: 'append', path, value: anyAt(ordinal), document })),
      own(ordinal => ({
        op: 'insert',
        path,
        index: ordinal % (node.items.length + 1),
        value: anyAt(ordinal),
        document,
      })),
      ...items,
    ];
  }
  if (isAlias(node)) return [];
  return [
    own(ordinal => ({
      op: 'set',
      path,
      value: scalarAt(ordinal),
      document,
    })),
  ];
}
