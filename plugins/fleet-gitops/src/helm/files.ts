import { encodeBase64 } from '../gotemplate/encoding/base64';
import { FunctionError } from '../gotemplate/errors';
import { toBytes } from '../gotemplate/values/goString';
import { GoMethod, GoObject, GoSlice, Value } from '../gotemplate/values/types';
import { marshalYaml } from '../gotemplate/yaml/toYaml';
import { compileGlob } from './glob';

function baseName(path: string): string {
  return path.replace(/\/+$/, '').split('/').at(-1) || '/';
}

/** `.Files` in templates: the files of a chart that are no templates (pkg/engine/files.go). */
export class ChartFiles extends GoObject {
  readonly type = 'engine.files';
  readonly kind = 'map';

  constructor(private readonly files: ReadonlyMap<string, string>) {
    super();
  }

  isTrue(): boolean {
    return this.files.size > 0;
  }

  entries(): Record<string, Value> {
    return Object.fromEntries(this.files);
  }

  field(name: string): { value: Value } | undefined {
    const content = this.files.get(name);
    return content === undefined ? undefined : { value: content };
  }

  toGoJson(): Value {
    return Object.fromEntries(
      [...this.files].map(([path, content]) => [
        path,
        encodeBase64(toBytes(content)),
      ]),
    );
  }

  private get(path: string): string {
    return this.files.get(path) ?? '';
  }

  private glob(pattern: string): ChartFiles {
    const matches = compileGlob(pattern);
    return new ChartFiles(
      new Map([...this.files].filter(([path]) => matches(path))),
    );
  }

  private lines(path: string): GoSlice {
    const content = this.get(path);
    return new GoSlice(
      'string',
      content === '' ? [] : content.replace(/\n$/, '').split('\n'),
    );
  }

  private asMap(convert: (content: string) => string): string {
    try {
      return marshalYaml(
        Object.fromEntries(
          [...this.files].map(([path, content]) => [
            baseName(path),
            convert(content),
          ]),
        ),
      ).replace(/\n$/, '');
    } catch (error) {
      if (error instanceof FunctionError) {
        return '';
      }
      throw error;
    }
  }

  method(name: string): GoMethod | undefined {
    const one = (call: (text: string) => Value): GoMethod => ({
      parameters: ['string'],
      call,
    });
    switch (name) {
      case 'Get':
      case 'GetBytes':
        return one(path => this.get(path));
      case 'Glob':
        return one(pattern => this.glob(pattern));
      case 'Lines':
        return one(path => this.lines(path));
      case 'AsConfig':
        return { parameters: [], call: () => this.asMap(content => content) };
      case 'AsSecrets':
        return {
          parameters: [],
          call: () => this.asMap(content => encodeBase64(toBytes(content))),
        };
      default:
        return undefined;
    }
  }
}
