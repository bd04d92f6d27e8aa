import { GoTemplateError, renderGoTemplate } from '..';

const params = { list: [1, 2, 3], one: ['z'], four: [1, 2, 3, 4], none: [] };

describe('chunk', () => {
  it.each([
    ['{{ chunk 2 .list }}', '[[1 2] [3]]'],
    ['{{ chunk 5 .none }}', '[]'],
    // Sprig computes how many chunks there are before it looks at the size's sign.
    ['{{ chunk -3 .list }}', '[]'],
    ['{{ chunk -3 .four }}', '[]'],
    ['{{ chunk -128 .one }}', '[[z]]'],
  ])('%s', (template, text) => {
    expect(renderGoTemplate(template, params, {})).toBe(text);
  });

  it.each([
    '{{ chunk 0 .list }}',
    '{{ chunk -1 .list }}',
    '{{ chunk -1 .one }}',
    '{{ chunk -3 .none }}',
  ])('%s fails', template => {
    expect(() => renderGoTemplate(template, params, {})).toThrow(
      GoTemplateError,
    );
  });
});

describe('regexSplit', () => {
  it.each([
    ['{{ regexSplit "," "a,b" 0 | len }}', '0'],
    ['{{ regexSplit "," "" -1 | len }}', '1'],
  ])('%s', (template, text) => {
    expect(renderGoTemplate(template, params, {})).toBe(text);
  });

  it('refuses a wrong pattern, also where no part is wanted', () => {
    expect(() =>
      renderGoTemplate('{{ regexSplit "(" "a" 0 }}', params, {}),
    ).toThrow('regexSplit');
  });
});
