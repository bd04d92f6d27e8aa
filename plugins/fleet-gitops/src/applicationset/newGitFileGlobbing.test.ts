import type { ApplicationSet } from '../model/argocd';
import { evaluateRepository } from '../repository';
import { evaluateApplicationSet } from './evaluate';

const URL = 'https://git.example.com/acme/fleet.git';
const FILES = {
  'services/payments/config.json': '{"name": "payments"}',
  'services/payments/eu/config.json': '{"name": "payments-eu"}',
};

const repository = (files: Record<string, string>) => ({
  url: URL,
  sha: '',
  files: new Map(Object.entries(files)),
});

const hub = (newGitFileGlobbing?: boolean, files = FILES) => ({
  clusters: [],
  repositories: () => repository(files),
  newGitFileGlobbing,
});

const applicationSet = (...patterns: object[]): ApplicationSet => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'ApplicationSet',
  metadata: { name: 'services' },
  spec: {
    goTemplate: true,
    generators: [{ git: { repoURL: URL, revision: 'HEAD', files: patterns } }],
    template: {
      metadata: { name: '{{.name}}' },
      spec: {
        project: 'default',
        source: { repoURL: URL, path: '{{.path.path}}' },
        destination: { name: 'in-cluster', namespace: 'x' },
      },
    },
  },
});

describe('new Git file globbing', () => {
  it.each<[string, boolean, object[], RegExp]>([
    [
      'a pathspec, where "*" goes on behind "/"',
      false,
      [{ path: 'services/*/config.json' }],
      /^payments,payments-eu$/,
    ],
    [
      'a pattern of doublestar, where "*" stops at "/"',
      true,
      [{ path: 'services/*/config.json' }],
      /^payments$/,
    ],
    [
      'any number of directories',
      true,
      [{ path: '**/config.json' }],
      /^payments,payments-eu$/,
    ],
    [
      'what is excluded',
      true,
      [
        { path: '**/*.json' },
        { path: 'services/*/eu/{config,x}.json', exclude: true },
      ],
      /^payments$/,
    ],
    [
      'a directory, which Argo CD fails to read',
      true,
      [{ path: 'services/**' }],
      /"services\/\*\*" matches the directory services in https:/,
    ],
    [
      'a directory that is excluded, which it reads too',
      true,
      [{ path: '**/*.json' }, { path: 'services/*/eu', exclude: true }],
      /"services\/\*\/eu" matches the directory services\/payments\/eu/,
    ],
    ['the root', true, [{ path: '*/..' }], /matches the directory \. in/],
    ['a malformed pattern', true, [{ path: '[' }], /git\.files: path .*\[/],
  ])('names %s (%s)', (_case, isNew, patterns, expected) => {
    const result = evaluateApplicationSet(
      applicationSet(...patterns),
      hub(isNew),
    );
    const answer =
      result.status === 'ok'
        ? result.applications
            .map(({ application }) => application.metadata.name)
            .join()
        : `${result.status}: ${result.message}`;
    expect(answer).toMatch(expected);
  });

  it.each<[string, string, Record<string, string>, string[] | 'error']>([
    [
      'a file that "*" does not reach',
      'services/*/config.json',
      { 'services/search/eu/config.json': '{"name": "search-eu"}' },
      ['payments'],
    ],
    [
      'a file that it reaches',
      'services/*/config.json',
      { 'services/search/config.json': '{"name": "search"}' },
      ['payments', 'search'],
    ],
    ['a directory that comes with a file', 'services/payments/*', {}, 'error'],
  ])('evaluates again after a change: %s', (_case, path, added, expected) => {
    const state = (files: Record<string, string>) =>
      repository({
        ...files,
        'sets/services.yaml': JSON.stringify(applicationSet({ path })),
      });
    const flat = { 'services/payments/config.json': '{"name": "payments"}' };
    const before = state(flat);
    const after = state(expected === 'error' ? FILES : { ...flat, ...added });
    const known = { ...hub(true), repositories: () => undefined };
    const evaluate = (options: object) =>
      evaluateRepository(after, known, { branch: 'main', ...options })
        .origins[0].evaluation;
    evaluateRepository(before, known, { branch: 'main' });
    const result = evaluate({ previous: before });
    expect(result).toMatchObject(
      expected === 'error'
        ? { status: 'error' }
        : {
            applications: expected.map(name => ({
              application: { metadata: { name } },
            })),
          },
    );
  });
});
