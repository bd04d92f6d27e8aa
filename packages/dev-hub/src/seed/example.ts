import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { type HistoryCommit, historyChanges, parseHistory } from './history';
import {
  type HubDescription,
  type HubsDescription,
  ONE_HUB,
  parseHubs,
  type RepositoryDescription,
} from './hubsFile';
import type { SourceDescription } from './sources';

/** The address that the files of an example name their Git host by. */
const EXAMPLE_GIT_ADDRESS = 'http://localhost:7101';

const FIRST_COMMIT: HistoryCommit = {
  message: 'Begin\n',
  author: { name: 'Priya Raman', email: 'priya@acme.example' },
  ago: 24 * 3600_000,
  set: {},
  settled: true,
};

export interface ExampleCommit extends HistoryCommit {
  /** Path → new content. */
  changes: Map<string, string>;
}

export interface ExampleRepository extends RepositoryDescription {
  commits: ExampleCommit[];
}

export interface ExampleHub extends HubDescription {
  /** Text of the root Applications that its Argo CD starts from. */
  rootApplications: string[];
}

/** An example fleet: GitOps repositories with their past, and the hubs that follow them. */
export interface Example {
  repositories: ExampleRepository[];
  /** Repositories that services are built from. */
  sources: SourceDescription[];
  hubs: ExampleHub[];
}

function readFolder(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(folder, {
    recursive: true,
    withFileTypes: true,
  })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(
      path.slice(folder.length + 1).replace(/\\/g, '/'),
      readFileSync(path, 'utf8'),
    );
  }
  return files;
}

function describe(folder: string): HubsDescription {
  const file = join(folder, 'hubs.yaml');
  return existsSync(file) ? parseHubs(readFileSync(file, 'utf8')) : ONE_HUB;
}

/** Reads an example folder (`hubs.yaml` where there are several hubs), with the Git host's address put in. */
export function readExample(folder: string, gitAddress: string): Example {
  const description = describe(folder);
  const contents = new Map<string, Map<string, string>>();
  const repositories = description.repositories.map(repository => {
    const files = new Map(
      [...readFolder(join(folder, repository.folder))].map(([path, text]) => [
        path,
        text.split(EXAMPLE_GIT_ADDRESS).join(gitAddress),
      ]),
    );
    contents.set(repository.name, files);
    const past = repository.history
      ? parseHistory(readFileSync(join(folder, repository.history), 'utf8'))
      : [FIRST_COMMIT];
    const changes = historyChanges(files, past);
    const commits = past.map((commit, index) => ({
      ...commit,
      changes: changes[index],
    }));
    return { ...repository, commits };
  });
  const hubs = description.hubs.map(hub => {
    const { repository, path } = hub.bootstrap;
    const rootApplications = [...contents.get(repository)!]
      .filter(([file]) => file.startsWith(`${path}/`))
      .map(([, text]) => text);
    if (rootApplications.length === 0) {
      throw new Error(
        `The hub ${hub.name} starts from ${path}/ in ${repository}, where there is no file.`,
      );
    }
    return { ...hub, rootApplications };
  });
  return { repositories, sources: description.sources, hubs };
}
