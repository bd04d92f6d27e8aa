import { compileFastTemplate } from '../../fasttemplate';
import { compileGoTemplate, GoTemplateError } from '../../gotemplate';
import { NotEvaluableError, TemplateTextError } from '../errors';
import type { Params } from '../params';

/** Renders one text with parameters. */
export type RenderText = (params: Params) => string;

/**
 * Renders texts in the template language that an ApplicationSet chose, each text being parsed once.
 *
 * Source: Argo CD `applicationset/utils/utils.go` `Render.Replace`.
 */
export class TextRenderer {
  private readonly compiled = new Map<string, RenderText | undefined>();

  constructor(
    private readonly goTemplate: boolean,
    private readonly goTemplateOptions: string[],
  ) {}

  /**
   * The rendering of a text; `undefined` where it is the same whatever the parameters. A text that does not parse fails
   * when it is rendered, because Argo CD only reads it then.
   */
  compile(text: string): RenderText | undefined {
    if (!text.includes('{{')) {
      return undefined;
    }
    if (!this.compiled.has(text)) {
      this.compiled.set(text, this.parse(text));
    }
    return this.compiled.get(text);
  }

  render(text: string, params: Params): string {
    const render = this.compile(text);
    return render ? render(params) : text;
  }

  private parse(text: string): RenderText | undefined {
    try {
      return this.goTemplate
        ? this.parseGoTemplate(text)
        : compileFastTemplate(text);
    } catch (error) {
      return () => {
        throw inText(text, error as Error);
      };
    }
  }

  private parseGoTemplate(text: string): RenderText {
    const template = compileGoTemplate(text, {
      goTemplateOptions: this.goTemplateOptions,
      // Functions such as `set` write into parameters that all fields of an Application see.
      mutateParams: true,
    });
    return params => {
      try {
        return template.render(params);
      } catch (error) {
        const located = inText(text, error as Error);
        throw error instanceof GoTemplateError && error.notEvaluable
          ? new NotEvaluableError(located.message)
          : located;
      }
    };
  }

  /** The same language, failing on missing keys: how a matrix finds the `values` that it can resolve early. */
  failingOnMissingKeys(): TextRenderer {
    return new TextRenderer(this.goTemplate, [
      ...this.goTemplateOptions.filter(
        option => !option.startsWith('missingkey='),
      ),
      'missingkey=error',
    ]);
  }
}

const MAX_QUOTED = 120;

/** An error with the line of the text that it is in: every string of an ApplicationSet is a template of its own. */
function inText(text: string, error: Error): TemplateTextError {
  const isLocated = error instanceof GoTemplateError;
  const lines = text.split('\n');
  const number = isLocated ? error.line : 1;
  const line = (lines[number - 1] ?? text).trim();
  const quoted =
    line.length > MAX_QUOTED ? `${line.slice(0, MAX_QUOTED)}…` : line;
  return new TemplateTextError(
    `\`${quoted}\`: ${isLocated ? error.reason : error.message}`,
    { text, line: number },
    error,
  );
}

/** Whether a template failed because a parameter is missing. Source: `isMissingKeyError` beside `Render.Replace`. */
export function isMissingKeyError(error: unknown): boolean {
  return (
    error instanceof Error &&
    /map has no entry for key|can't evaluate field/.test(error.message)
  );
}
