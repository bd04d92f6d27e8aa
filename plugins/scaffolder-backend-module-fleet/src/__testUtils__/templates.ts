import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { parse } from 'yaml';

const root = resolvePackagePath(
  '@backstage-fleet/plugin-scaffolder-backend-module-fleet',
  '../..',
);

/** A file of the repository, parsed as YAML. */
export function readYaml(path: string): any {
  return parse(readFileSync(join(root, path), 'utf8'));
}

/** Names of the files and folders in a folder of the repository. */
export function listFolder(path: string): string[] {
  return readdirSync(join(root, path)).sort();
}

/** Reads a text file of the repository. */
export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The fields of a template's form by name. */
export function fieldsOf(template: any): Record<string, any> {
  return Object.assign(
    {},
    ...template.spec.parameters.map((page: any) => page.properties),
  );
}

/** The names that stand behind `parameters.` in a part of a template. */
export function parametersUsed(part: unknown): string[] {
  return [
    ...new Set(
      [...JSON.stringify(part).matchAll(/parameters\.(\w+)/g)].map(
        ([, name]) => name,
      ),
    ),
  ].sort();
}

/** The step outputs that a part of a template uses, as step and output. */
export function outputsUsed(part: unknown): Array<[string, string]> {
  return [...JSON.stringify(part).matchAll(/steps\.(\w+)\.output\.(\w+)/g)].map(
    ([, step, output]) => [step, output],
  );
}
