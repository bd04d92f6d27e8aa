import type { RepositorySnapshot } from '../model/repository';
import { evaluateRepository } from './evaluateRepository';
import { describeFailure, templateLine } from './templateLine';

const FILE = 'sets/services.yaml';

function repository(fields: string): RepositorySnapshot {
  const text = `# Services
apiVersion: v1
kind: ConfigMap
metadata: {name: other}
---
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: services}
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=error]
  generators:
    - list:
        elements: [{name: payments}]
${fields}`;
  return {
    url: 'https://git.example.com/acme/fleet.git',
    sha: '',
    files: new Map([[FILE, text]]),
  };
}

const template = (namespace: string) => `  template:
    metadata: {name: '{{ .name }}'}
    spec:
      project: default
      source: {repoURL: https://git.example.com/a, path: x}
      destination:
        name: in-cluster
        namespace: ${namespace}
`;

const failureIn = (files: RepositorySnapshot) => {
  const [origin] = evaluateRepository(
    files,
    { clusters: [], repositories: () => undefined },
    { branch: 'main' },
  ).origins;
  return {
    line: templateLine(origin, files),
    message: describeFailure(origin, files),
  };
};

describe('templateLine', () => {
  it.each<[string, string, number | undefined, RegExp]>([
    [
      'a template in quotes',
      template("'{{ .namespace }}'"),
      22,
      /^sets\/services\.yaml:22: `\{\{ \.namespace \}\}`: map has no entry/,
    ],
    [
      'a line of a block of text',
      `${template('x')}  templatePatch: |
    spec:
      # {{ .name }}
      project: {{ .nope }}
`,
      26,
      /^sets\/services\.yaml:26: `project: \{\{ \.nope \}\}`: map has/,
    ],
    [
      'folded text by its start',
      template(`>-
          {{ .name }}
          {{ .nope }}`),
      22,
      /:22: /,
    ],
    [
      'a value of a generator',
      `        template: {metadata: {}, spec: {}}
    - clusters:
        values:
          rev: '{{ fail "no" }}'
${template('x')}`,
      18,
      /:18: values\.rev: `\{\{ fail "no" \}\}`/,
    ],
    [
      'nothing where no template is at fault',
      `        elementsYaml: 'a: ['
${template('x')}`,
      undefined,
      /^list\.elementsYaml/,
    ],
  ])('names %s', (_case, fields, line, message) => {
    const failure = failureIn(repository(fields));
    expect(failure.message).toMatch(message);
    expect(failure.line).toBe(line);
  });

  it('follows the template when lines come above it', () => {
    const before = repository(template("'{{ .namespace }}'"));
    expect(failureIn(before).line).toBe(22);
    const files = new Map([[FILE, `\n\n${before.files.get(FILE)}`]]);
    expect(failureIn({ ...before, files }).line).toBe(24);
  });
});
