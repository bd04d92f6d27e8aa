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

describe('words', () => {
  it.each([
    // Letters without case make words; Chinese characters do not belong to them.
    ['{{ kebabcase "日本語テキスト" }}', '日本語-テキスト'],
    ['{{ snakecase "שלוםWorld2x" }}', 'שלום_world_2x'],
  ])('%s', (template, text) => {
    expect(renderGoTemplate(template, params, {})).toBe(text);
  });
});

describe('dates', () => {
  const time = '(toDate "2006-01-02T15:04:05Z07:00" "2024-03-05T06:07:08Z")';

  it.each([
    [
      `{{ ${time} | printf "%#v" }}`,
      'time.Date(2024, time.March, 5, 6, 7, 8, 0, time.UTC)',
    ],
    [
      '{{ (toDate "2006" "x") | printf "%#v" }}',
      'time.Date(1, time.January, 1, 0, 0, 0, 0, time.UTC)',
    ],
    // Beyond what JavaScript's dates hold.
    ['{{ date "2006-01-02T15:04" 9007199254740992 }}', '285428751-11-12T07:36'],
    [
      '{{ date_in_zone "2006-01-02 -0700" 99999999999999 "Europe/Berlin" }}',
      '3170843-11-07 +0100',
    ],
    ['{{ date "2006-01-02" -62135596801 }}', '0000-12-31'],
  ])('%s', (template, text) => {
    expect(renderGoTemplate(template, params, {})).toBe(text);
  });
});
