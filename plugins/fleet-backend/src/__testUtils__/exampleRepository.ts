import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

const ROOT = resolvePackagePath(
  '@backstage-fleet/plugin-fleet-backend',
  '../../examples/hub-and-spoke/repository',
);
/** The address that the example's files name their own repository by. */
const WRITTEN_ADDRESS = 'http://localhost:7101/acme/fleet-gitops';

/** The example's GitOps repository, as it is served at an address. */
export function exampleRepository(url: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(ROOT, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => {
        const path = join(entry.parentPath, entry.name);
        return [
          relative(ROOT, path),
          readFileSync(path, 'utf8').replaceAll(WRITTEN_ADDRESS, url),
        ];
      }),
  );
}
