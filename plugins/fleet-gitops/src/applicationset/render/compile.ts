import type { Params } from '../params';
import { isOmitted } from '../schema/decode';
import type { GoType, StructField, StructType } from '../schema/goType';
import { isMissingKeyError, type TextRenderer } from './textRenderer';

type Render = (params: Params) => any;

/** A value prepared for rendering; without `render` it is the same for all parameters. */
interface Compiled {
  value?: any;
  render?: Render;
}

class Compiler {
  constructor(private readonly texts: TextRenderer) {}

  compile(type: GoType, value: any): Compiled {
    if (value === undefined) {
      return { value };
    }
    switch (type.kind) {
      case 'string':
      case 'intOrString':
        return typeof value === 'string' ? this.compileText(value) : { value };
      case 'boolean':
      case 'integer':
        return { value };
      case 'json':
        return this.compileJson(value);
      case 'list':
        return this.compileList(
          (value as any[]).map(item => this.compile(type.element, item)),
          value,
        );
      case 'map':
        return this.compileMap(
          Object.entries(value).map(([key, item]) => [
            key,
            this.compile(type.element, item),
          ]),
        );
      default:
        return this.compileStruct(type, value);
    }
  }

  private compileText(text: string): Compiled {
    const render = this.texts.compile(text);
    return render ? { render } : { value: text };
  }

  private compileJson(value: any): Compiled {
    if (typeof value === 'string') {
      return this.compileText(value);
    }
    if (Array.isArray(value)) {
      return this.compileList(
        value.map(item => this.compileJson(item)),
        value,
      );
    }
    if (typeof value === 'object' && value !== null) {
      // A key whose value is null disappears, an item of a list that is null stays.
      return this.compileMap(
        Object.entries(value)
          .filter(([, item]) => item !== null && item !== undefined)
          .map(([key, item]) => [key, this.compileJson(item)]),
      );
    }
    return { value };
  }

  private compileList(items: Compiled[], original: any[]): Compiled {
    if (items.every(item => !item.render)) {
      return {
        value: items.some((item, index) => item.value !== original[index])
          ? items.map(item => item.value)
          : original,
      };
    }
    return {
      render: params =>
        items.map(item => (item.render ? item.render(params) : item.value)),
    };
  }

  private compileMap(entries: Array<[string, Compiled]>): Compiled {
    const parts = entries.map(([key, item]) => ({
      key: this.compileText(key),
      item,
    }));
    if (parts.every(({ key, item }) => !key.render && !item.render)) {
      return {
        value: Object.fromEntries(
          parts.map(({ key, item }) => [key.value, item.value]),
        ),
      };
    }
    return {
      render: params => {
        const result: Record<string, any> = {};
        for (const { key, item } of parts) {
          const rendered = item.render ? item.render(params) : item.value;
          result[key.render ? key.render(params) : key.value] = rendered;
        }
        return result;
      },
    };
  }

  private compileStruct(type: StructType, value: any): Compiled {
    const parts = Object.entries(type.fields)
      .filter(([name, field]) => value[name] !== undefined || field.keepEmpty)
      .map(([name, field]) => ({
        name,
        field,
        item: field.generatorValues
          ? this.compileGeneratorValues(value[name])
          : this.compile(field.type, value[name] ?? emptyValue(field)),
      }));
    if (parts.every(({ item }) => !item.render)) {
      return {
        value: Object.fromEntries(
          parts.map(({ name, item }) => [name, item.value]),
        ),
      };
    }
    return {
      render: params => {
        const result: Record<string, any> = {};
        for (const { name, field, item } of parts) {
          const rendered = item.render ? item.render(params) : item.value;
          if (!isOmitted(field, rendered)) {
            result[name] = rendered;
          }
        }
        return result;
      },
    };
  }

  private compileGeneratorValues(values: Record<string, string>): Compiled {
    const texts = this.texts.failingOnMissingKeys();
    return {
      render: params => {
        const result: Record<string, string> = {};
        for (const [key, text] of Object.entries(values)) {
          try {
            result[key] = texts.render(text, params);
          } catch (error) {
            if (!isMissingKeyError(error)) {
              throw error;
            }
            result[key] = text;
          }
        }
        return result;
      },
    };
  }
}

/**
 * Prepares a decoded value for rendering with many parameter sets: every string in it is a template of its own, map keys
 * included. Parts without templates are shared by all results, so a result must not be changed in place.
 *
 * Source: Argo CD `applicationset/utils/utils.go` `deeplyReplaceWithFilter`, with `RenderGeneratorParams` for the `values`
 * of generators: such a value is rendered where all its keys are known, and kept as it is where one is missing.
 */
export function compileRendering(
  type: GoType,
  value: any,
  texts: TextRenderer,
): Render {
  const compiled = new Compiler(texts).compile(type, value);
  return compiled.render ?? (() => compiled.value);
}

/** Rendering makes an absent list or map an empty one, which matters where Argo CD asks whether it is there. */
function emptyValue({ type }: StructField): any {
  return type.kind === 'list' ? [] : {};
}
