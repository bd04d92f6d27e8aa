import { entityName } from './entityName';

it.each(['spoke-eu-west-1-prod', 'a', 'in-cluster', 'eu_1.prod'])(
  'keeps %s',
  name => expect(entityName(name)).toBe(name),
);

it.each([
  ['arn:aws:eks:eu-west-1:1:cluster/shop', /^arn-aws-eks-.*-shop-[0-9a-f]{8}$/],
  ['https://10.0.0.1:6443', /^https-10-0-0-1-6443-[0-9a-f]{8}$/],
  ['…', /^[0-9a-f]{8}$/],
  [`${'long-'.repeat(30)}end`, /-end-[0-9a-f]{8}$/],
])('makes of %s a name that an entity can have', (name, expected) => {
  expect(entityName(name)).toMatch(expected);
  expect(entityName(name).length).toBeLessThanOrEqual(63);
});

it('keeps apart what looks alike', () => {
  expect(entityName('a/b')).not.toBe(entityName('a:b'));
});
