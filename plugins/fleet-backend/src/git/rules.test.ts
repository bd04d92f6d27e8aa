import { refusalReason } from './branchRules';
import { parseRepositoryAddress } from './repositoryAddress';

describe('rules of a branch', () => {
  it.each([
    [[], false, undefined],
    [[], true, 'the branch is protected'],
    [['deletion', 'non_fast_forward'], false, undefined],
    [['required_linear_history'], true, undefined],
    [['pull_request', 'pull_request'], false, 'a pull request is required'],
    [
      ['required_status_checks', 'update'],
      true,
      'status checks are required, updates are restricted',
    ],
  ])('%j, protected %s: %s', (types, isProtected, reason) => {
    const rules = types.map(type => ({ type }));
    expect(refusalReason(rules, isProtected)).toBe(reason);
  });
});

describe('addresses of repositories', () => {
  it.each([
    ['https://github.com/acme/fleet-gitops', 'github.com', 'fleet-gitops'],
    ['https://github.com/acme/fleet.git', 'github.com', 'fleet'],
    ['http://localhost:7101/acme/a.b/', 'localhost:7101', 'a.b'],
  ])('%s', (url, host, name) => {
    expect(parseRepositoryAddress(url)).toMatchObject({
      host,
      owner: 'acme',
      name,
    });
  });

  it.each([
    'git@github.com:acme/fleet.git',
    'ssh://git@github.com/acme/fleet',
    'https://github.com/acme',
    'https://github.com/acme/fleet/tree/main',
    'fleet',
  ])('refuses %s and names the field', url => {
    expect(() => parseRepositoryAddress(url)).toThrow(
      /is not of the form .*correct fleet\.repositories\[\]\.url/,
    );
  });
});
