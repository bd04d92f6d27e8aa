import { GarbageError } from './problems';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const OPEN_ARRAY = 0x5b;
const CLOSE_OBJECT = 0x7d;
const CLOSE_ARRAY = 0x5d;

/** etcd takes objects of 1.5 MiB; what is far above it is no Kubernetes object. */
const LARGEST_ITEM_BYTES = 32 * 1024 * 1024;
/** What stands around the items: kind, version, continue token; or an error. */
const LARGEST_ENVELOPE_BYTES = 4 * 1024 * 1024;

/** Bytes at which something begins or ends; all others are passed over. */
const STRUCTURE = new Uint8Array(256);
for (const byte of [
  QUOTE,
  OPEN_OBJECT,
  OPEN_ARRAY,
  CLOSE_OBJECT,
  CLOSE_ARRAY,
]) {
  STRUCTURE[byte] = 1;
}

/** The list's own `items`: a key of the outermost object, whose array begins here. */
const ITEMS_BEGIN = /[{,]\s*"items"\s*:\s*\[$/;
/** Stands for an item in the envelope, so that what is between items is checked too. */
const PLACEHOLDER = '0';

/**
 * Finds the items of a JSON list (`{"items": [{…}, {…}], "metadata": {…}}`) in its bytes as they arrive, so that a page
 * is never in memory as a whole.
 *
 * @remarks
 * It looks for the ends of strings, objects and arrays only, and leaves the rest to `JSON.parse`: of each item when it
 * is complete, and of the envelope (everything but the items) at the end. So what `JSON.parse` refuses is refused here
 * too. A general streaming parser makes every value in JavaScript, and takes several times as long as the download.
 */
export class ListScanner {
  readonly #onItem: (json: string) => void;
  /** Parts of the item that arrived in earlier chunks. */
  #parts: Uint8Array[] = [];
  #partBytes = 0;
  /** As bytes, one a character: a character of UTF-8 may be spread over chunks. */
  #envelope = '';
  #items = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Between the brackets of the list's own `items`. */
  #inItems = false;

  /** @param onItem - receives the text of each item, complete and in order */
  constructor(onItem: (json: string) => void) {
    this.#onItem = onItem;
  }

  /**
   * Takes the next bytes of the list.
   *
   * @throws GarbageError where an item or the envelope is larger than any could be
   */
  push(chunk: Uint8Array) {
    const length = chunk.length;
    let depth = this.#depth;
    let inString = this.#inString;
    // Where the part begins that belongs to the current item or to the envelope.
    let start = 0;
    let at = this.#escaped ? 1 : 0;
    this.#escaped = false;

    while (at < length) {
      if (inString) {
        at = endOfString(chunk, at);
        if (at >= length) break;
        inString = false;
        at++;
        continue;
      }
      const byte = chunk[at++];
      if (STRUCTURE[byte] === 0) continue;
      if (byte === QUOTE) {
        inString = true;
      } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        depth++;
        if (depth === 3 && this.#inItems) {
          this.#toEnvelope(chunk.subarray(start, at - 1));
          start = at - 1;
        } else if (depth === 2 && byte === OPEN_ARRAY) {
          this.#toEnvelope(chunk.subarray(start, at));
          start = at;
          this.#inItems = ITEMS_BEGIN.test(this.#envelope.slice(-64));
        }
      } else {
        depth--;
        if (depth === 2 && this.#inItems) {
          this.#complete(chunk.subarray(start, at));
          start = at;
        } else if (depth === 1) {
          this.#inItems = false;
        }
      }
    }

    this.#escaped = at > length;
    this.#depth = depth;
    this.#inString = inString;
    const rest = chunk.subarray(start);
    if (this.#inItems && depth > 2) this.#toItem(rest);
    else this.#toEnvelope(rest);
  }

  /**
   * The list without its items, when all bytes are there.
   *
   * @throws GarbageError where they are no whole JSON object. No message quotes the text, which may be credentials.
   */
  end(): Record<string, any> {
    const text = Buffer.from(this.#envelope, 'latin1').toString('utf8');
    let envelope: any;
    try {
      envelope = JSON.parse(text);
    } catch {
      throw new GarbageError(
        this.#depth > 0
          ? `The hub broke a list off after ${this.#items} objects.`
          : 'The hub sent a list that is not JSON.',
      );
    }
    if (typeof envelope !== 'object' || envelope === null) {
      throw new GarbageError('The hub sent something that is not a list.');
    }
    // As many placeholders as items, and nothing else among them.
    const items: unknown = envelope.items ?? [];
    if (!Array.isArray(items) || items.length !== this.#items) {
      throw new GarbageError('The hub sent a list whose items are no objects.');
    }
    return envelope;
  }

  #complete(lastPart: Uint8Array) {
    this.#items++;
    this.#envelope += PLACEHOLDER;
    if (this.#parts.length === 0) {
      this.#onItem(textOf(lastPart));
      return;
    }
    const parts = [...this.#parts, lastPart];
    this.#parts = [];
    this.#partBytes = 0;
    this.#onItem(textOf(Buffer.concat(parts)));
  }

  #toItem(part: Uint8Array) {
    this.#partBytes += part.length;
    if (this.#partBytes > LARGEST_ITEM_BYTES) {
      throw new GarbageError('The hub sent an object without an end.');
    }
    this.#parts.push(part);
  }

  #toEnvelope(part: Uint8Array) {
    if (part.length === 0) return;
    this.#envelope += bufferOf(part).toString('latin1');
    if (this.#envelope.length > LARGEST_ENVELOPE_BYTES) {
      throw new GarbageError('The hub sent something that is not a list.');
    }
  }
}

/** The place of the quote that ends a string; beyond the chunk where it is not in it, by one more after a backslash. */
function endOfString(chunk: Uint8Array, from: number): number {
  const length = chunk.length;
  let at = from;
  while (at < length) {
    const byte = chunk[at];
    if (byte === QUOTE) return at;
    at += byte === BACKSLASH ? 2 : 1;
  }
  return at;
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function textOf(part: Uint8Array): string {
  return bufferOf(part).toString('utf8');
}
