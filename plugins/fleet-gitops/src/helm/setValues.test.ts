import { renderHelmChart } from './renderHelmChart';
import type { SetValue } from './setValues';

function rendered(parameters: SetValue[], template = '{{ toJson .Values }}') {
  return renderHelmChart({
    chart: new Map([
      ['Chart.yaml', 'apiVersion: v2\nname: c\nversion: 1.0.0\n'],
      ['values.yaml', 'd: 1\n'],
      ['templates/a.yaml', template],
    ]),
    valueFiles: ['list: [{a: 1}, {a: 2}]\n'],
    parameters,
  }).get('c/templates/a.yaml');
}

describe('parameters', () => {
  it.each<[string, SetValue, string]>([
    ['a path', { name: 'a.b', value: 'x' }, '"a":{"b":"x"}'],
    ['a number', { name: 'n', value: '12345678' }, '"n":12345678'],
    ['a number kept as text', { name: 'n', value: '012' }, '"n":"012"'],
    [
      'text where it is forced',
      { name: 'n', value: '1', forceString: true },
      '"n":"1"',
    ],
    ['true', { name: 'n', value: 'true' }, '"n":true'],
    ['a comma', { name: 'n', value: 'a,b' }, '"n":"a,b"'],
    ['a list', { name: 'n', value: '{a,1}' }, '"n":["a",1]'],
    ['an empty list', { name: 'n', value: '{}' }, '"n":[]'],
    ['a literal', { name: 'n', value: '{a}', literal: true }, '"n":"{a}"'],
    ['a key with a dot', { name: 'a\\.b', value: 'x' }, '"a.b":"x"'],
    [
      'an item of a list',
      { name: 'list[1].a', value: 'x' },
      '"list":[{"a":1},{"a":"x"}]',
    ],
    ['an item further on', { name: 'n[1]', value: 'x' }, '"n":[null,"x"]'],
  ])('set %s', (_case, parameter, expected) => {
    expect(rendered([parameter])).toContain(expected);
  });

  it('take values away with null', () => {
    expect(rendered([{ name: 'd', value: 'null' }])).not.toContain('"d"');
  });

  it('are whole numbers in templates', () => {
    expect(rendered([{ name: 'n', value: '3000000' }], '{{ .Values.n }}')).toBe(
      '3000000',
    );
  });

  it('refuse an index that is none', () => {
    expect(() => rendered([{ name: 'a[x]', value: '' }])).toThrow(
      'parameter a[x]: a list index must be a number',
    );
  });
});
