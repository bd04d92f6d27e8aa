import { readFileSync } from 'fs';
import path from 'path';
import { parse } from 'yaml';
import { parseBlueprint } from './blueprint';

describe('parseBlueprint', () => {
  const documented = readFileSync(
    path.resolve(__dirname, '../../../../docs/clusters.md'),
    'utf8',
  );
  const [, example] = /```yaml\n([^]*?)```/.exec(documented)!;
  const wrong = (edit: (blueprint: any) => void) => {
    const object = parse(example);
    edit(object);
    const parsed = parseBlueprint(object, 'b.yaml');
    return 'problem' in parsed ? parsed.problem : undefined;
  };

  it('reads the one that is documented', () => {
    expect(parseBlueprint(parse(example), 'b.yaml')).toMatchObject({
      blueprint: {
        id: 'kro-eks',
        file: 'b.yaml',
        provisioner: 'kro',
        registration: { namespace: 'argocd' },
      },
    });
  });

  it.each<[string, (blueprint: any) => void, string]>([
    ['an unknown version', b => (b.apiVersion = 'fleet/v9'), 'apiVersion: '],
    [
      'an id that is no DNS label',
      b => (b.metadata.name = 'KRO'),
      'metadata.name: must be a DNS label',
    ],
    [
      'an unknown provisioner',
      b => (b.spec.provisioner = 'terraform'),
      'spec.provisioner: ',
    ],
    [
      'a schema of something else',
      b => (b.spec.parameters.type = 'string'),
      'spec.parameters: must have type: object',
    ],
    [
      'a field path that is none',
      b => (b.spec.claim.values[0].path = 'spec..name'),
      'spec.claim.values.0.path: is no field path',
    ],
    [
      'a source that is not known',
      b => (b.spec.claim.values[0].from = 'params.x'),
      'spec.claim.values.0.from: `params.x` is not known. Known: cluster, blueprint',
    ],
    [
      'a value for the claim’s kind',
      b => (b.spec.claim.values[0].path = 'kind'),
      'belongs to the manifest itself',
    ],
    [
      'an open brace',
      b => (b.spec.claim.file = 'claims/{cluster.yaml'),
      'spec.claim.file: has a brace without its counterpart',
    ],
    [
      'a Go template',
      b => (b.spec.registration.labels.region = '{{.region}}'),
      'spec.registration.labels.region: ',
    ],
    [
      'a pool without a place',
      b => (b.spec.pools = [{ name: 'x' }]),
      'spec.pools.0: must be {name, path} or {list, name, replicas}',
    ],
    [
      'an unknown format',
      b => (b.spec.kubernetesVersion.format = '1'),
      'spec.kubernetesVersion.format: ',
    ],
    [
      'a misspelt field',
      b => (b.spec.claim.valeus = []),
      'spec.claim has unknown fields: valeus',
    ],
    [
      'a manifest without a kind',
      b => delete b.spec.claim.manifest.kind,
      'spec.claim.manifest.kind: ',
    ],
  ])('refuses %s', (_case, edit, problem) => {
    expect(wrong(edit)).toContain(problem);
  });
});
