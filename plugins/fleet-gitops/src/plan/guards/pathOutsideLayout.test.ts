import {
  emptyHub as hub,
  shopRepository,
} from '../../layouts/testdata/shopRepository';
import { planChanges, PlanOptions } from '../planChanges';

function pathGuards(path: string, options: Partial<PlanOptions>) {
  const { guards } = planChanges({
    repository: shopRepository,
    changes: new Map([[path, 'a: 1\n']]),
    hub,
    branch: 'main',
    ...options,
  });
  return guards
    .filter(({ id }) => id === 'path-outside-layout')
    .map(({ level, message }) => `${level}: ${message}`);
}

const intent = { touched: { services: [], clusters: [] } };

describe('path-outside-layout', () => {
  it.each([
    '../other/a.yaml',
    'clusters/../../a.yaml',
    '/etc/passwd',
    'clusters//a.yaml',
    '.git/hooks/pre-commit',
    'clusters/.GIT/config',
    'clusters\\a.yaml',
    'clusters/a\n.yaml',
  ])('stops %j in any change', path => {
    for (const options of [intent, {}]) {
      expect(pathGuards(path, options)).toEqual([
        expect.stringMatching(/^stop: Writes to .+ no path of the repository/),
      ]);
    }
  });

  it.each([
    '.github/workflows/deploy.yaml',
    'CODEOWNERS',
    'docs/CODEOWNERS',
    '.gitlab-ci.yml',
    'Jenkinsfile',
    '.gitmodules',
  ])('stops an intent that changes %s, warns of a pull request', path => {
    expect(pathGuards(path, intent)).toEqual([
      expect.stringMatching(/^stop: Changes .+ pipelines/),
    ]);
    expect(pathGuards(path, {})).toEqual([expect.stringMatching(/^warn: /)]);
  });

  it('takes the directories that the repository has for those of its layout', () => {
    expect(pathGuards('clusters/new.yaml', intent)).toEqual([]);
    expect(pathGuards('README.md', intent)).toEqual([]);
    expect(pathGuards('elsewhere/new.yaml', intent)).toEqual([
      'warn: Changes `elsewhere/new.yaml` outside of the layout’s directories: `applicationsets`, `clusters`, `projects`, `services`.',
    ]);
  });

  it('stops at configured roots', () => {
    const options = {
      ...intent,
      guards: { roots: ['clusters', '/services/'] },
    };
    expect(pathGuards('services/billing/values.yaml', options)).toEqual([]);
    expect(pathGuards('servicesx/values.yaml', options)).toEqual([
      expect.stringMatching(/^stop: Changes `servicesx\/values\.yaml` outside/),
    ]);
    expect(pathGuards('README.md', options)).toHaveLength(1);
    expect(pathGuards('a.yaml', { guards: { roots: ['/'] } })).toEqual([]);
  });
});
