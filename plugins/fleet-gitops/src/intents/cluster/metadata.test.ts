import { exampleRepository } from '../../layouts/testdata/exampleRepository';
import { edited } from '../../layouts/testdata/shopRepository';
import { apply } from '../testdata/examples';

const addons = exampleRepository('matrix-merge', 'cluster-addons');
const spokes = exampleRepository('hub-and-spoke', 'fleet-gitops');
const search = 'applicationsets/search.yaml';

const refusal = (metadata: string, file: string, field: string, key: string) =>
  `parameters.${metadata}: ${file} makes \`${field}\` from \`${key}\`, which decides what its Applications may do.`;

describe('labels and annotations that somebody asks for', () => {
  it.each([['https://evil.example.com/addons'], [null]])(
    'never decide from where software comes (%p)',
    value => {
      expect(() =>
        apply(addons, 'cluster.annotate', {
          cluster: 'prod-ap-south-1',
          annotations: { addons_repo_url: value },
        }),
      ).toThrow(
        refusal(
          'annotations',
          'addons/cert-manager.yaml',
          'repoURL',
          'addons_repo_url',
        ),
      );
    },
  );

  it('never decide the project', () => {
    const byTeam = edited(spokes, {
      [search]: spokes.files
        .get(search)!
        .replace(/project: .*/, 'project: "{{.metadata.labels.team}}"'),
    });
    expect(() =>
      apply(byTeam, 'cluster.label', {
        cluster: 'spoke-eu-west-1-prod',
        labels: { team: 'platform' },
      }),
    ).toThrow(refusal('labels', search, 'project', 'team'));
    const create = {
      blueprint: 'kro-eks',
      cluster: 'spoke-new',
      parameters: {
        region: 'us-east-1',
        environment: 'prod',
        kubernetesVersion: '1.33',
      },
    };
    expect(() =>
      apply(byTeam, 'cluster.create', {
        ...create,
        labels: { team: 'platform' },
      }),
    ).toThrow(refusal('labels', search, 'project', 'team'));
    // The platform team owns blueprints: what they say is written.
    const file = 'blueprints/kro-eks.yaml';
    const withTeam = edited(byTeam, {
      [file]: byTeam.files
        .get(file)!
        .replace(
          /( +)environment: "\{parameters.environment\}"\n/,
          '$&$1team: platform\n',
        ),
    });
    expect(
      apply(withTeam, 'cluster.create', create).changes.get(
        'clusters/spoke-new.yaml',
      ),
    ).toContain('team: platform');
  });
});
