import fc from 'fast-check';
import { GoTemplateError, compileGoTemplate, renderGoTemplate } from '.';

function failure(template: string, params: unknown = {}): GoTemplateError {
  try {
    renderGoTemplate(template, params, {
      goTemplateOptions: ['missingkey=error'],
    });
  } catch (error) {
    return error as GoTemplateError;
  }
  throw new Error('the template renders');
}

describe('errors', () => {
  it('name the line, the column and the action of an execution error', () => {
    const error = failure('name: a\nregion: {{ .metadata.labels.region }}', {
      metadata: { labels: {} },
    });
    expect(error).toBeInstanceOf(GoTemplateError);
    expect(error).toMatchObject({
      phase: 'execute',
      line: 2,
      column: 20,
      action: '.metadata.labels.region',
      reason: 'map has no entry for key "region"',
      notEvaluable: false,
    });
    expect(error.message).toBe(
      'template: base:2:20: executing "base" at <.metadata.labels.region>: map has no entry for key "region"',
    );
  });

  it('name the line of a syntax error', () => {
    expect(failure('a\n{{ if }}')).toMatchObject({
      phase: 'parse',
      line: 2,
      reason: 'missing value for if',
    });
  });

  it('name the template that a definition belongs to', () => {
    expect(
      failure(
        '{{ define "row" }}{{ index . 9 }}{{ end }}{{ template "row" (list 1) }}',
      ).message,
    ).toBe(
      'template: base:1:21: executing "row" at <index . 9>: error calling index: index out of range: 9',
    );
  });

  it.each([
    'uuidv4',
    'now',
    'randAlpha 5',
    'genPrivateKey "rsa"',
    'date "2006" "x"',
  ])('say that {{ %s }} is not evaluable', action => {
    expect(failure(`{{ ${action} }}`)).toMatchObject({ notEvaluable: true });
  });

  it('reject unknown options', () => {
    expect(() =>
      compileGoTemplate('', { goTemplateOptions: ['missingkey=no'] }),
    ).toThrow('unrecognized option: missingkey=no');
  });
});

describe('options', () => {
  it('bring a clock and a random source', () => {
    const options = {
      now: () => new Date('2026-02-03T04:05:06Z'),
      randomBytes: (count: number) => new Uint8Array(count).fill(7),
    };
    expect(
      renderGoTemplate('{{ now | date "2006-01-02 15:04" }}', {}, options),
    ).toBe('2026-02-03 04:05');
    expect(renderGoTemplate('{{ uuidv4 }}', {}, options)).toBe(
      '07070707-0707-4707-8707-070707070707',
    );
    expect(
      renderGoTemplate(
        '{{ ago (toDate "2006-01-02" "2026-02-03") }}',
        {},
        options,
      ),
    ).toBe('4h5m6s');
  });

  it('keep the params as they are unless told otherwise', () => {
    const template = '{{ $_ := set .labels "tier" "gold" }}{{ .labels.tier }}';
    const params = { labels: {} };
    expect(renderGoTemplate(template, params)).toBe('gold');
    expect(params).toEqual({ labels: {} });
    expect(renderGoTemplate(template, params, { mutateParams: true })).toBe(
      'gold',
    );
    expect(params).toEqual({ labels: { tier: 'gold' } });
  });

  it('add functions', () => {
    const shout = {
      parameters: ['string'],
      call: ([text]: any[]) => `${text}!`,
    };
    expect(
      renderGoTemplate('{{ shout "hey" }}', {}, { functions: { shout } }),
    ).toBe('hey!');
  });
});

describe('values', () => {
  it('do not reach the prototypes of JavaScript', () => {
    const keys = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];
    for (const key of keys) {
      expect(renderGoTemplate(`{{ hasKey . "${key}" }}{{ .${key} }}`, {})).toBe(
        'false<no value>',
      );
    }
    expect(
      renderGoTemplate(
        '{{ set (dict) "__proto__" (dict "a" 1) | toJson }}',
        {},
      ),
    ).toBe('{"__proto__":{"a":1}}');
  });

  it('render any text that has no delimiters as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        fc.pre(!text.includes('{{'));
        expect(renderGoTemplate(text, {})).toBe(text);
      }),
    );
  });

  it('keep a block scalar without newline at the end of a document', () => {
    const render = (yaml: string) =>
      renderGoTemplate('{{ .yaml | fromYaml | toJson }}', { yaml });
    expect(render('a: |\n  x\n  y')).toBe('{"a":"x\\ny"}');
    expect(render('a: |\n  x\n  y\n')).toBe('{"a":"x\\ny\\n"}');
  });

  it('survive toJson and fromJson, toYaml and fromYaml', () => {
    const text = fc
      .string({ unit: 'grapheme' })
      .filter(value => !/\p{C}/u.test(value));
    const json = fc.letrec(tie => ({
      value: fc.oneof(
        { depthSize: 'small' },
        text,
        fc.boolean(),
        fc.constant(null),
        fc.integer(),
        fc
          .double({ noNaN: true, noDefaultInfinity: true })
          .filter(value => !Object.is(value, -0)),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(text, tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(json, value => {
        const params = { value: { value } };
        const expected = renderGoTemplate('{{ .value | toJson }}', params);
        expect(JSON.parse(expected)).toEqual(
          JSON.parse(JSON.stringify({ value })),
        );
        expect(
          renderGoTemplate('{{ .value | toJson | fromJson | toJson }}', params),
        ).toBe(expected);
        expect(
          renderGoTemplate('{{ .value | toYaml | fromYaml | toJson }}', params),
        ).toBe(expected);
      }),
    );
  });

  it('fail with GoTemplateError only, whatever the template', () => {
    const fragment = fc.constantFrom(
      '{{',
      '}}',
      '{{-',
      '-}}',
      ' ',
      '|',
      '(',
      ')',
      '.a',
      '.',
      '$',
      '$x',
      ':=',
      '=',
      '"s"',
      '`r`',
      "'c'",
      '1',
      '1.5',
      'nil',
      'true',
      'if',
      'else',
      'end',
      'range',
      'with',
      'define',
      'template',
      'block',
      'break',
      'len',
      'printf',
      'index',
      'list',
      'dict',
      'upper',
      'toYaml',
      'eq',
      '/*',
      '*/',
      ',',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 14 }), fragments => {
        let thrown: unknown;
        try {
          renderGoTemplate(fragments.join(''), { a: [1] });
        } catch (error) {
          thrown = error;
        }
        expect(thrown === undefined || thrown instanceof GoTemplateError).toBe(
          true,
        );
      }),
      { numRuns: 1000 },
    );
  });
});
