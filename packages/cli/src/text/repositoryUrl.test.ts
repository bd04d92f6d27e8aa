import { namedRepositories, sameRepository } from './repositoryUrl';

describe('sameRepository', () => {
  it.each([
    'https://git.example.com/shop/fleet',
    'https://git.example.com/Shop/fleet.git',
    'https://token@git.example.com:8443/shop/fleet/',
    'git@git.example.com:shop/fleet.git',
    'ssh://git@git.example.com:22/shop/fleet.git',
  ])('%s', url => {
    expect(sameRepository(url, 'https://git.example.com/shop/fleet.git')).toBe(
      true,
    );
    expect(sameRepository(url, 'https://git.example.com/shop/fleet-2')).toBe(
      false,
    );
    expect(sameRepository(url, 'https://git.example.org/shop/fleet')).toBe(
      false,
    );
  });
});

it('finds the repositories that ApplicationSets name, most named first', () => {
  const set = (...urls: string[]) =>
    `kind: ApplicationSet\n${urls.map(url => `repoURL: ${url}\n`).join('')}`;
  expect(
    namedRepositories(
      new Map([
        ['a.yaml', set('https://one', "'https://two' # own", '"{{ .url }}"')],
        ['b.json', '{"kind": "ApplicationSet", "repoURL": "https://two"}'],
        ['values.yaml', 'repoURL: https://one\nrepoURL: https://one\n'],
        ['README.md', set('https://one', 'https://one')],
      ]),
    ),
  ).toEqual(['https://two', 'https://one']);
});
