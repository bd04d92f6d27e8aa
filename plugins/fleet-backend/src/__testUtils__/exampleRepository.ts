import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

/** The address that each example's files name their own repository by. */
const WRITTEN_ADDRESSES = {
  'hub-and-spoke': 'http://localhost:7101/acme/fleet-gitops',
  standalone: 'http://localhost:7101/acme/warehouse-gitops',
};

/** An example's GitOps repository, as it is served at an address. */
export function exampleRepository(
  url: string,
  example: keyof typeof WRITTEN_ADDRESSES = 'hub-and-spoke',
): Record<string, string> {
  const root = resolvePackagePath(
    '@backstage-fleet/plugin-fleet-backend',
    `../../examples/${example}/repository`,
  );
  return Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => {
        const path = join(entry.parentPath, entry.name);
        return [
          relative(root, path),
          readFileSync(path, 'utf8').replaceAll(
            WRITTEN_ADDRESSES[example],
            url,
          ),
        ];
      }),
  );
}
