/** Elements of a Go time layout, named by the reference time. */
export type LayoutElement =
  | 'January'
  | 'Jan'
  | '1'
  | '01'
  | 'Monday'
  | 'Mon'
  | '2'
  | '_2'
  | '02'
  | '__2'
  | '002'
  | '15'
  | '3'
  | '03'
  | '4'
  | '04'
  | '5'
  | '05'
  | '2006'
  | '06'
  | 'PM'
  | 'pm'
  | 'MST'
  | 'Z0700'
  | 'Z070000'
  | 'Z07'
  | 'Z07:00'
  | 'Z07:00:00'
  | '-0700'
  | '-070000'
  | '-07'
  | '-07:00'
  | '-07:00:00';

export interface LayoutPart {
  /** Text before the element. */
  prefix: string;
  /** Undefined at the end of the layout. */
  element?: LayoutElement | 'fraction';
  /** Source of the element. */
  source: string;
}

const ZONE_ELEMENTS: readonly LayoutElement[] = [
  '-070000',
  '-07:00:00',
  '-0700',
  '-07:00',
  '-07',
  'Z070000',
  'Z07:00:00',
  'Z0700',
  'Z07:00',
  'Z07',
];

const ZERO_ELEMENTS: readonly LayoutElement[] = [
  '01',
  '02',
  '03',
  '04',
  '05',
  '06',
];

/** The element at a position of a layout, if one begins there (time.nextStdChunk). */
function elementAt(
  layout: string,
  index: number,
): { element: LayoutElement | 'fraction'; source: string } | undefined {
  const rest = layout.slice(index);
  const found = (element: LayoutElement) => ({ element, source: element });
  const lowerFollows = (length: number) => /^[a-z]/.test(rest.slice(length));
  switch (rest[0]) {
    case 'J':
      if (rest.startsWith('January')) return found('January');
      return rest.startsWith('Jan') && !lowerFollows(3)
        ? found('Jan')
        : undefined;
    case 'M':
      if (rest.startsWith('Monday')) return found('Monday');
      if (rest.startsWith('Mon') && !lowerFollows(3)) return found('Mon');
      return rest.startsWith('MST') ? found('MST') : undefined;
    case '0': {
      const zero = ZERO_ELEMENTS.find(element => rest.startsWith(element));
      if (zero) return found(zero);
      return rest.startsWith('002') ? found('002') : undefined;
    }
    case '1':
      return found(rest.startsWith('15') ? '15' : '1');
    case '2':
      return found(rest.startsWith('2006') ? '2006' : '2');
    case '_':
      if (rest.startsWith('_2') && !rest.startsWith('_2006'))
        return found('_2');
      return rest.startsWith('__2') ? found('__2') : undefined;
    case '3':
      return found('3');
    case '4':
      return found('4');
    case '5':
      return found('5');
    case 'P':
      return rest.startsWith('PM') ? found('PM') : undefined;
    case 'p':
      return rest.startsWith('pm') ? found('pm') : undefined;
    case '-':
    case 'Z': {
      const zone = ZONE_ELEMENTS.find(element => rest.startsWith(element));
      return zone ? found(zone) : undefined;
    }
    case '.':
    case ',': {
      const fraction = /^[.,](0+|9+)(?![0-9])/.exec(rest);
      return fraction
        ? { element: 'fraction', source: fraction[0] }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** Splits a layout into its elements and the text between them; the last part has only text. */
export function parseLayout(layout: string): LayoutPart[] {
  const parts: LayoutPart[] = [];
  let prefix = '';
  for (let index = 0; index < layout.length; ) {
    const found = elementAt(layout, index);
    if (found) {
      parts.push({ prefix, ...found });
      prefix = '';
      index += found.source.length;
    } else {
      prefix += layout[index];
      index++;
    }
  }
  parts.push({ prefix, source: '' });
  return parts;
}
