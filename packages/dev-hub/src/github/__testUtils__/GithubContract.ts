import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Request, RequestHandler } from 'express';
import publishedDescription from '../schema/github.openapi.json';

type Json = Record<string, any>;

const description: Json = toJsonSchema(publishedDescription);
// Formats of GitHub's own ("repo-url") are unknown to ajv and ignored.
const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
addFormats(ajv);
ajv.addSchema(description, 'github');
const validators = new Map<string, ValidateFunction>();
const paths = Object.keys(description.paths)
  .sort((left, right) => left.split('{').length - right.split('{').length)
  .map(template => ({
    template,
    expression: new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]*')}$`),
  }));

/** Answers that every operation may give, described or not. */
const UNIVERSAL = new Set([304, 400, 401, 403, 404, 429, 500, 502, 503]);

/**
 * Holds requests and answers against GitHub's published OpenAPI description (`schema/github.openapi.json`, see `schema/trim.mjs`).
 *
 * Used in tests: mount `middleware` at the API's root, before the API, and expect `violations` to be empty.
 */
export class GithubContract {
  readonly violations: string[] = [];
  /** `GET /repos/{owner}/{repo}` of every operation that was answered without an error. */
  readonly covered = new Set<string>();
  get operations(): string[] {
    return Object.entries<Json>(description.paths).flatMap(([path, item]) =>
      Object.keys(item)
        .filter(method => method !== 'parameters')
        .map(method => `${method.toUpperCase()} ${path}`),
    );
  }

  readonly middleware: RequestHandler = (request, response, next) => {
    // The root folder's contents: the last parameter is empty, and clients drop the slash.
    const path = request.url.split('?')[0].replace(/\/contents$/, '/contents/');
    const json = response.json.bind(response);
    const end = response.end.bind(response) as (...args: any[]) => any;
    let sent: unknown;
    response.json = body => {
      sent = body;
      return json(body);
    };
    response.end = ((...args: any[]) => {
      const type = String(response.get('content-type') ?? 'application/json');
      if (/^application\/json/.test(type)) {
        this.#check(request, path, response.statusCode, sent);
      }
      return end(...args);
    }) as typeof response.end;
    next();
  };

  #check(request: Request, path: string, status: number, body: unknown) {
    const method = request.method.toLowerCase();
    const match = paths.find(
      ({ template, expression }) =>
        expression.test(path) && description.paths[template][method],
    );
    const name = `${request.method} ${match?.template ?? path}`;
    if (!match) {
      if (status < 400) {
        this.violations.push(`${name} is not described`);
      }
      return;
    }
    const location = ['paths', match.template, method];
    const operation = description.paths[match.template][method];
    if (status < 400) {
      this.covered.add(name);
      this.#checkQuery(name, operation, request);
      if (operation.requestBody && request.body !== undefined) {
        this.#validate(
          `${name} request`,
          [...location, 'requestBody', 'content', 'application/json', 'schema'],
          request.body,
        );
      }
    }
    const described = operation.responses[status];
    if (described) {
      const target = described.$ref
        ? described.$ref.slice(2).split('/')
        : [...location, 'responses', String(status)];
      const content = target.reduce(
        (value: Json, key: string) => value?.[key],
        description,
      )?.content?.['application/json'];
      if (content && body !== undefined) {
        this.#validate(
          `${name} ${status}`,
          [...target, 'content', 'application/json', 'schema'],
          body,
        );
      }
    } else if (!UNIVERSAL.has(status)) {
      this.violations.push(`${name} answers ${status}, which is not described`);
    }
    const error = body as Json | undefined;
    if (status >= 400 && !(error?.message && error.documentation_url)) {
      this.violations.push(`${name} ${status} has no GitHub error body`);
    }
  }

  #checkQuery(name: string, operation: Json, request: Request) {
    const known = (operation.parameters ?? []).map((parameter: Json) =>
      parameter.$ref
        ? description.components.parameters[parameter.$ref.split('/').at(-1)!]
        : parameter,
    );
    for (const parameter of Object.keys(request.query)) {
      const described = known.some(
        (candidate: Json) =>
          candidate.in === 'query' && candidate.name === parameter,
      );
      if (!described) {
        this.violations.push(`${name} has no query parameter ${parameter}`);
      }
    }
  }

  #validate(what: string, location: string[], value: unknown) {
    const pointer = location
      .map(key =>
        encodeURIComponent(key.replace(/~/g, '~0').replace(/\//g, '~1')),
      )
      .join('/');
    let validate = validators.get(pointer);
    if (!validate) {
      validate = ajv.compile({ $ref: `github#/${pointer}` });
      validators.set(pointer, validate);
    }
    // As the client sees it: fields with the value undefined are not there.
    if (!validate(JSON.parse(JSON.stringify(value)))) {
      const errors = validate
        .errors!.map(error => `${error.instancePath || '/'} ${error.message}`)
        .slice(0, 5);
      this.violations.push(`${what}: ${errors.join('; ')}`);
    }
  }
}

/** OpenAPI 3.0 says `nullable: true` where JSON Schema has the type `null`. */
function toJsonSchema(value: any): any {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  // GitHub's alternatives overlap (a basic error is also a rule violation error), so "one of" is read as "any of".
  const { nullable, ...schema } = Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key === 'oneOf' ? 'anyOf' : key,
      toJsonSchema(child),
    ]),
  );
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}
