/*
 * The template language of ApplicationSets without `goTemplate`: `{{ tag }}` is replaced by a parameter.
 *
 * Sources: Argo CD `applicationset/utils/utils.go` `Render.Replace`; `github.com/valyala/fasttemplate`.
 */

/** A template without its tags: `texts` has one element more than `tags`. */
interface ParsedTemplate {
  texts: string[];
  tags: string[];
}

/** Whether there is anything to replace: both braces of a tag must stand on one line. */
const TEMPLATED = /\{\{.*\}\}/;
const LINE_ENDS_BUT_NEWLINE = /[\r\u2028\u2029]/g;

/**
 * A template that does not parse.
 *
 * @public
 */
export class FastTemplateError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FastTemplateError';
  }
}

/**
 * Prepares a template for many renderings; `undefined` where the text holds nothing to replace.
 *
 * @throws FastTemplateError where a tag is not closed
 * @public
 */
export function compileFastTemplate(
  template: string,
): ((params: Record<string, unknown>) => string) | undefined {
  // Go's `.` matches all but a newline; JavaScript's stops at three more characters.
  if (!TEMPLATED.test(template.replace(LINE_ENDS_BUT_NEWLINE, ' '))) {
    return undefined;
  }
  const { texts, tags } = parse(template);
  const names = tags.map(trimGoSpace);
  return params => {
    let output = texts[0];
    for (let index = 0; index < tags.length; index++) {
      const name = names[index];
      const value =
        name !== '' && Object.hasOwn(params, name) ? params[name] : undefined;
      output += typeof value === 'string' ? value : `{{${tags[index]}}}`;
      output += texts[index + 1];
    }
    return output;
  };
}

/**
 * Renders a template: each `{{ tag }}` becomes the parameter of that name, spaces around it aside. A tag without a
 * parameter, or whose parameter is not a string, stays as it is written.
 *
 * @throws FastTemplateError where a tag is not closed
 * @public
 */
export function renderFastTemplate(
  template: string,
  params: Record<string, unknown>,
): string {
  return compileFastTemplate(template)?.(params) ?? template;
}

function parse(template: string): ParsedTemplate {
  const texts: string[] = [];
  const tags: string[] = [];
  let position = 0;
  for (;;) {
    const open = template.indexOf('{{', position);
    if (open < 0) {
      texts.push(template.slice(position));
      return { texts, tags };
    }
    const close = template.indexOf('}}', open + 2);
    if (close < 0) {
      throw new FastTemplateError(
        `"{{" is not closed by "}}" in ${JSON.stringify(template)}`,
      );
    }
    texts.push(template.slice(position, open));
    tags.push(template.slice(open + 2, close));
    position = close + 2;
  }
}

/** Go's `strings.TrimSpace`; unlike JavaScript's it keeps a byte order mark and trims U+0085. */
function trimGoSpace(text: string): string {
  return text.replace(
    /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g,
    '',
  );
}
