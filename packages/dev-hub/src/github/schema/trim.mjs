// Cuts GitHub's OpenAPI description (npm package @octokit/openapi, MIT) down to the operations that this host serves:
//   npm pack @octokit/openapi && tar xzf octokit-openapi-*.tgz package/generated/api.github.com.json
//   node trim.mjs package/generated/api.github.com.json > github.openapi.json
// Descriptions, examples and vendor extensions go; everything that says what is valid stays as published.
import { readFileSync } from 'node:fs';

const OPERATIONS = `
GET /meta
GET /rate_limit
GET /user
GET /user/repos
GET /users/{username}
GET /repos/{owner}/{repo}
GET /repos/{owner}/{repo}/branches
GET /repos/{owner}/{repo}/branches/{branch}
GET /repos/{owner}/{repo}/branches/{branch}/protection
GET /repos/{owner}/{repo}/rules/branches/{branch}
GET /repos/{owner}/{repo}/tags
GET /repos/{owner}/{repo}/git/ref/{ref}
GET /repos/{owner}/{repo}/git/matching-refs/{ref}
POST /repos/{owner}/{repo}/git/refs
PATCH /repos/{owner}/{repo}/git/refs/{ref}
DELETE /repos/{owner}/{repo}/git/refs/{ref}
GET /repos/{owner}/{repo}/git/commits/{commit_sha}
POST /repos/{owner}/{repo}/git/commits
GET /repos/{owner}/{repo}/git/trees/{tree_sha}
POST /repos/{owner}/{repo}/git/trees
GET /repos/{owner}/{repo}/git/blobs/{file_sha}
POST /repos/{owner}/{repo}/git/blobs
GET /repos/{owner}/{repo}/commits
GET /repos/{owner}/{repo}/commits/{ref}
GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls
GET /repos/{owner}/{repo}/commits/{ref}/status
GET /repos/{owner}/{repo}/compare/{basehead}
GET /repos/{owner}/{repo}/contents/{path}
PUT /repos/{owner}/{repo}/contents/{path}
POST /repos/{owner}/{repo}/merges
GET /repos/{owner}/{repo}/pulls
POST /repos/{owner}/{repo}/pulls
GET /repos/{owner}/{repo}/pulls/{pull_number}
PATCH /repos/{owner}/{repo}/pulls/{pull_number}
GET /repos/{owner}/{repo}/pulls/{pull_number}/commits
GET /repos/{owner}/{repo}/pulls/{pull_number}/files
GET /repos/{owner}/{repo}/pulls/{pull_number}/merge
PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge
GET /repos/{owner}/{repo}/issues/{issue_number}/comments
POST /repos/{owner}/{repo}/issues/{issue_number}/comments
POST /orgs/{org}/repos
POST /user/repos
GET /repos/{owner}/{repo}/topics
PUT /repos/{owner}/{repo}/topics
PUT /repos/{owner}/{repo}/collaborators/{username}
PUT /repos/{owner}/{repo}/branches/{branch}/protection
`
  .trim()
  .split('\n')
  .map(line => line.split(' '));

const description = JSON.parse(readFileSync(process.argv[2], 'utf8'));

const NAME_MAPS = new Set([
  'properties',
  'schemas',
  'responses',
  'parameters',
  'headers',
  'paths',
  'patternProperties',
]);
const NOISE = new Set([
  'description',
  'summary',
  'example',
  'examples',
  'externalDocs',
  'tags',
  'title',
  'deprecated',
  'links',
]);

/** Drops what only people read. Inside maps of names, `description` or `title` is a name and stays. */
function strip(value, names = false) {
  if (Array.isArray(value)) return value.map(item => strip(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => names || !(NOISE.has(key) || key.startsWith('x-')))
      .map(([key, child]) => [key, strip(child, !names && NAME_MAPS.has(key))]),
  );
}

const paths = {};
for (const [method, path] of OPERATIONS) {
  const item = description.paths[path];
  const operation = item?.[method.toLowerCase()];
  if (!operation) throw new Error(`No ${method} ${path} in the description`);
  paths[path] ??= item.parameters ? { parameters: strip(item.parameters) } : {};
  paths[path][method.toLowerCase()] = strip(operation);
}

const components = {};
function keepReferences(value) {
  if (Array.isArray(value)) return value.forEach(keepReferences);
  if (typeof value !== 'object' || value === null) return undefined;
  const match =
    typeof value.$ref === 'string' &&
    /^#\/components\/([^/]+)\/(.+)$/.exec(value.$ref);
  if (match) {
    const [, kind, name] = match;
    components[kind] ??= {};
    if (!(name in components[kind])) {
      components[kind][name] = strip(description.components[kind][name]);
      keepReferences(components[kind][name]);
    }
  }
  return Object.values(value).forEach(keepReferences);
}
keepReferences(paths);

const trimmed = {
  openapi: description.openapi,
  info: {
    title: description.info.title,
    version: description.info.version,
    license: description.info.license,
    'x-source': '@octokit/openapi, generated/api.github.com.json',
  },
  paths,
  components,
};
process.stdout.write(`${JSON.stringify(trimmed)}\n`);
