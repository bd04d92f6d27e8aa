import { serviceNameProblem } from './serviceName';

describe('serviceNameProblem', () => {
  it.each(['payments', 'a', 'a-1', '0x', 'x'.repeat(63)])('takes %p', name => {
    expect(serviceNameProblem(name)).toBeUndefined();
  });

  it.each([
    [undefined, 'Name the service.'],
    ['', 'Name the service.'],
    ['Payments', /“Payments” cannot be a Kubernetes name/],
    ['a_b', /lower case letters, digits/],
    ['-a', /start and end/],
    ['a-', /start and end/],
    ['a b', /cannot be/],
    ['a\n', /cannot be/],
    ['x'.repeat(64), /64 characters.*at most 63/],
  ])('refuses %p', (name, problem) => {
    expect(serviceNameProblem(name)).toMatch(problem);
  });
});
