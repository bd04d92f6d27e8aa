import { layoutOfService } from '../../layouts';
import type { RepositorySnapshot } from '../../model/repository';
import { withChanges } from '../../repository';
import { apply, CASES } from '../testdata/examples';

/** An example without the chart of its new service, and that chart. */
function withoutChart({ repository, newService, clusters }: (typeof CASES)[0]) {
  const layout = layoutOfService(repository, newService, undefined, {
    clusters,
  });
  const service = layout
    .listServices(repository)
    .find(({ name }) => name === newService);
  const path = service!.path!;
  const own = [...repository.files].filter(([file]) =>
    file.startsWith(`${path}/`),
  );
  const before: RepositorySnapshot = withChanges(
    repository,
    new Map(own.map(([file]) => [file, undefined])),
  );
  const files = Object.fromEntries(
    own.map(([file, text]) => [file.slice(path.length + 1), text]),
  );
  return { path, own, before, files };
}

describe.each(CASES)('a service that brings its files to $example', example => {
  const { repository, newService: service } = example;
  const clusters = example.newOn ?? [example.on, example.off].sort();
  const { path, own, before, files } = withoutChart(example);
  const onboard = (
    parameters: { files?: Record<string, string>; path?: string },
    target = before,
  ) =>
    apply(target, 'service.onboard', {
      service,
      clusters,
      path,
      ...parameters,
    });

  it('is put on the fleet as one whose files are there, together with them', () => {
    const { changes, title } = onboard({ files });
    const there = onboard({}, repository);
    expect(new Map(changes)).toEqual(new Map([...own, ...there.changes]));
    expect(title).toBe(there.title);
    // Asked again for what was written, nothing is left to do.
    expect(onboard({ files }, withChanges(before, changes)).changes.size).toBe(
      0,
    );
  });

  it('overwrites nothing', () => {
    const [name] = Object.keys(files);
    expect(() =>
      onboard({ files: { ...files, [name]: '# Another\n' } }, repository),
    ).toThrow(
      `parameters.files: \`${path}\` exists already and is not overwritten.`,
    );
  });
});

describe('files of a new service', () => {
  const [{ repository, on }] = CASES;
  const onboard = (files: Record<string, string>, path?: string) =>
    apply(repository, 'service.onboard', {
      service: 'gift-cards',
      clusters: [on],
      path,
      files,
    });

  it('go beside the directories of the others', () => {
    const { changes, commitMessage } = onboard({
      'Chart.yaml': 'name: gift-cards\n',
      'templates/_helpers.tpl': '{{ define "x" }}{{ end }}\n',
    });
    expect([...changes.keys()]).toEqual([
      'services/gift-cards/Chart.yaml',
      'services/gift-cards/templates/_helpers.tpl',
      'applicationsets/gift-cards.yaml',
      `clusters/${on}.yaml`,
    ]);
    expect(commitMessage).toContain('- services/gift-cards: 2 files\n');
  });

  it.each<[string, Record<string, string>, string]>([
    ['no file', {}, 'must have at least one file'],
    ['a way out', { '../x': '' }, 'parameters.files.../x: must not contain'],
    ['an absolute path', { '/x': '' }, 'must be relative to the repository'],
    [
      'what the Git host reads',
      { '.github/workflows/x.yaml': '' },
      'must not lead into .git, .github',
    ],
    ['bytes', { 'x.bin': '\u0000' }, 'is no text'],
    [
      'too many files',
      Object.fromEntries([...Array(201)].map((_, index) => [`f${index}`, ''])),
      'must have at most 200 files',
    ],
    ['too much text', { x: 'x'.repeat(65_537) }, 'at most 65536 characters'],
  ])('are refused with %s', (_case, files, message) => {
    expect(() => onboard(files)).toThrow(message);
  });

  it('stay inside the directories of the services', () => {
    expect(() => onboard({ 'Chart.yaml': '' }, 'projects/gift-cards')).toThrow(
      'parameters.path: `projects/gift-cards` is not inside `services/`',
    );
  });
});
