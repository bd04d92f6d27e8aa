import { GoMethod, GoObject, Value, isDict } from '../gotemplate/values/types';

/** A Go struct with exported fields, as Helm passes them to templates (`.Chart`, `.Capabilities`). */
export class GoStruct extends GoObject {
  constructor(
    readonly type: string,
    private readonly fields: Readonly<Record<string, Value>>,
    private readonly options: {
      text?: string;
      methods?: Readonly<Record<string, GoMethod>>;
      /** As encoding/json writes it, keys in the order of the struct; the fields by their Go names by default. */
      json?: Value;
    } = {},
  ) {
    super();
  }

  get kind(): 'ptr' | 'struct' {
    return this.type.startsWith('*') ? 'ptr' : 'struct';
  }

  toGoString(): string | undefined {
    return this.options.text;
  }

  field(name: string): { value: Value } | undefined {
    return Object.hasOwn(this.fields, name)
      ? { value: this.fields[name] }
      : undefined;
  }

  method(name: string): GoMethod | undefined {
    const methods = this.options.methods ?? {};
    return Object.hasOwn(methods, name) ? methods[name] : undefined;
  }

  jsonFields(): Readonly<Record<string, Value>> | undefined {
    const json = this.toGoJson();
    return isDict(json) ? json : undefined;
  }

  toGoJson(): Value {
    return this.options.json ?? { ...this.fields };
  }
}
