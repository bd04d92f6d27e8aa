import { readdirSync, readFileSync } from 'fs';
import path from 'path';
import type { HubSnapshot } from '../../model/fleetSnapshot';
import type { RepositorySnapshot } from '../../model/repository';

/** The repository of an example, with the address that its files name it by. */
export function loadExample(name: string, url: string): RepositorySnapshot {
  const root = path.resolve(
    __dirname,
    '../../../../../examples',
    name,
    'repository',
  );
  return {
    url,
    sha: '0123456789abcdef0123456789abcdef01234567',
    files: new Map(
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => path.join(entry.parentPath, entry.name))
        .map(file => [path.relative(root, file), readFileSync(file, 'utf8')]),
    ),
  };
}

/** The repository of the hub-and-spoke example. */
export const exampleRepository = loadExample(
  'hub-and-spoke',
  'http://localhost:7101/acme/fleet-gitops',
);

/** A hub that knows no clusters but those of the repository. */
export const emptyHub: HubSnapshot = {
  clusters: [],
  repositories: () => undefined,
};

/** The example with some files replaced, added or removed. */
export function exampleWith(
  files: Record<string, string | undefined>,
): RepositorySnapshot {
  const result = new Map(exampleRepository.files);
  for (const [file, text] of Object.entries(files)) {
    if (text === undefined) result.delete(file);
    else result.set(file, text);
  }
  return { ...exampleRepository, files: result };
}

/** The example's file after a replacement, which must find its text. */
export function exampleFile(
  file: string,
  ...replacements: Array<[string, string]>
): string {
  return replacements.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`${file} lacks ${from}`);
    return text.replace(from, to);
  }, exampleRepository.files.get(file)!);
}
