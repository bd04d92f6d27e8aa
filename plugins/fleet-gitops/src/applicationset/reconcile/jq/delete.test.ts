import { NotEvaluableError } from '../../errors';
import { compileJqDelete } from './delete';

const spec = {
  source: {
    helm: {
      parameters: [
        { name: 'image.tag', value: '1' },
        { name: 'replicas', value: '2' },
      ],
    },
  },
  list: [1, 2, 3],
  'with-dash': 1,
};

function remove(expression: string): any {
  const copy = structuredClone(spec);
  compileJqDelete(expression)(copy);
  return copy;
}

describe('compileJqDelete', () => {
  it.each<[string, (copy: any) => void]>([
    ['.source.helm', copy => delete copy.source.helm],
    ['."with-dash"', copy => delete copy['with-dash']],
    ['.["with-dash"]', copy => delete copy['with-dash']],
    ['.list[1]', copy => copy.list.splice(1, 1)],
    ['.list[-1]', copy => copy.list.pop()],
    ['.list[0], .list[2]', copy => (copy.list = [2])],
    ['.list[] | select(. >= 2)', copy => (copy.list = [1])],
    ['.list[] | select(. == 1 or . == 3)', copy => (copy.list = [2])],
    [
      '.source.helm.parameters[] | select(.name == "image.tag").value',
      copy => delete copy.source.helm.parameters[0].value,
    ],
    [
      '.source.helm.parameters[] | select(.name | startswith("image"))',
      copy => copy.source.helm.parameters.shift(),
    ],
    [
      '.source.helm.parameters[] | select(.name | test("^rep.*s$") | not)',
      copy => copy.source.helm.parameters.shift(),
    ],
    [
      '.. | .value?',
      copy =>
        copy.source.helm.parameters.forEach((item: any) => delete item.value),
    ],
  ])('%s', (expression, change) => {
    const expected = structuredClone(spec);
    change(expected);
    expect(remove(expression)).toEqual(expected);
  });

  it.each(['.missing.deep', '.list.name', '.missing[]', '.missing[]?', '1'])(
    '%s removes nothing',
    expression => {
      expect(remove(expression)).toEqual(spec);
    },
  );

  it.each([
    '.a | map(.b)',
    '.a as $x | $x',
    'if .a then .b else .c end',
    '.a[1:2]',
    '.a |',
    '.a = 1',
    '.["a\\(.b)"]',
    '@base64',
  ])('%s is not evaluable', expression => {
    expect(() => compileJqDelete(expression)).toThrow(NotEvaluableError);
  });
});
