import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { closedSchema } from '../structuralSchema';
import { checkRules } from './rules';

function linesOf(file: string): any[] {
  return readFileSync(join(__dirname, 'testdata', file), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
}

describe('rules are answered as Kubernetes answers them', () => {
  const [{ schema, value }, ...cases] = linesOf('rules.jsonl');

  function answerTo(rule: string): string {
    const found = checkRules(
      closedSchema({ ...schema, 'x-kubernetes-validations': [{ rule }] }),
      value,
    );
    if (found.notChecked.length > 0) return 'not checked';
    const [violation] = found.violations;
    if (!violation) return 'true';
    return violation.message.startsWith('is refused by a rule:')
      ? 'false'
      : 'error';
  }

  const answers = cases.map(({ rule, answer }) => ({
    rule,
    answer,
    ours: answerTo(rule),
  }));

  it('or not at all', () => {
    expect(cases.length).toBeGreaterThan(1500);
    expect(
      answers.filter(
        ({ answer, ours }) => ours !== answer && ours !== 'not checked',
      ),
    ).toEqual([]);
  });

  it('but for these', () => {
    expect(
      answers.filter(({ ours }) => ours === 'not checked').map(one => one.rule),
    ).toMatchInlineSnapshot(`
      [
        "double("1_000") > 1.0",
        "self.ios2 > 79",
        "self.ios.matches("^[0-9]+%$")",
        "self.t.getHours("Europe/Berlin") == 12",
        "self.s.matches(self.s + "[")",
        ""%e".format([1.5]) == "1.500000e+00"",
        ".5 == 0.5",
        "optional.ofNonZeroValue([]).hasValue()",
        "optional.ofNonZeroValue(self.le).hasValue()",
        "[?self.?miss, ?self.?i] == [3]",
        "{?"a": self.?miss}.size() == 0",
      ]
    `);
  });

  it.each(linesOf('changes.jsonl').map((one, at) => ({ ...one, at })))(
    'where a value changes: $at',
    ({ schema: changed, value: after, previous, refused }) => {
      const found = checkRules(closedSchema(changed), after, previous);
      expect(found.notChecked).toEqual([]);
      expect(
        found.violations
          .map(({ field }) => (field === 'the object' ? '' : field))
          .sort(),
      ).toEqual(refused);
    },
  );
});
