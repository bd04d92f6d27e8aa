/** Markup that is safe to send as it is. Made by the `markup` tag only, which escapes everything put into it. */
export class Markup {
  constructor(readonly text: string) {}

  toString() {
    return this.text;
  }
}

export type MarkupValue =
  | Markup
  | string
  | number
  | false
  | undefined
  | readonly MarkupValue[];

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character]);
}

function render(value: MarkupValue): string {
  if (value instanceof Markup) return value.text;
  if (value === undefined || value === false) return '';
  if (Array.isArray(value)) return value.map(render).join('');
  return escapeHtml(String(value));
}

/** Builds markup; values are escaped unless they are markup themselves. */
export function markup(
  strings: TemplateStringsArray,
  ...values: MarkupValue[]
): Markup {
  return new Markup(
    strings.reduce(
      (before, text, index) => before + render(values[index - 1]) + text,
    ),
  );
}
