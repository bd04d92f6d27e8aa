import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault, FaultPlan, FaultRule } from './faults';
import { readBody } from './requestBody';

const KINDS: Array<Fault['kind']> = [
  'down',
  'reset',
  'slow',
  'status',
  'expired',
  'silent',
  'garbage',
  'half-page',
];
const CODES = [401, 403, 429, 500, 502, 503];
/** How much later a slow answer comes where nobody says. */
const SLOW_MILLISECONDS = 5000;

/** Kinds that are written shorter: an HTTP status, and how people call things. */
const SHORT: Record<string, object> = {
  ...Object.fromEntries(
    CODES.map(code => [String(code), { kind: 'status', code }]),
  ),
  '410': { kind: 'expired' },
  slow: { kind: 'slow', milliseconds: SLOW_MILLISECONDS },
};

/** What `kind` may be, for messages and help. */
export const FAULT_KINDS = [
  ...KINDS.filter(kind => kind !== 'status' && kind !== 'expired'),
  ...Object.keys(SHORT).filter(kind => kind !== 'slow'),
];

function isStringList(value: unknown): boolean {
  return (
    value === undefined ||
    (Array.isArray(value) && value.every(item => typeof item === 'string'))
  );
}

/** Checks the rules of a request; raises an Error that names the field. */
export function parseFaultRules(body: unknown): FaultRule[] {
  const rules = (body as any)?.faults;
  if (!Array.isArray(rules)) {
    throw new Error(
      `"faults" must be a list; send {"faults": []} to end all faults`,
    );
  }
  return rules.map((rule, index) => parseFaultRule(rule, `faults[${index}].`));
}

/** Checks one rule. `field` stands before the names of its fields in messages. */
export function parseFaultRule(given: any, field = ''): FaultRule {
  const short = SHORT[String(given?.kind)];
  const rule = short
    ? { ...short, ...given, kind: (short as any).kind }
    : given;
  if (!KINDS.includes(rule?.kind)) {
    throw new Error(`${field}kind must be one of ${FAULT_KINDS.join(', ')}`);
  }
  if (rule.kind === 'slow' && !(rule.milliseconds >= 0)) {
    throw new Error(`${field}milliseconds must be a number from 0`);
  }
  if (rule.kind === 'status' && !CODES.includes(rule.code)) {
    throw new Error(`${field}code must be one of ${CODES.join(', ')}`);
  }
  if (!isStringList(rule.verbs) || !isStringList(rule.resources)) {
    throw new Error(`${field}verbs and .resources must be lists of names`);
  }
  if (
    rule.times !== undefined &&
    !(Number.isInteger(rule.times) && rule.times > 0)
  ) {
    throw new Error(`${field}times must be a whole number from 1`);
  }
  return rule as FaultRule;
}

/**
 * Serves `/__hub/faults`: GET tells the faults that are set, POST replaces them (`{"faults": [{"kind": "down"}]}`),
 * DELETE ends them all. Mount it on a port of its own, because the API's port may be down.
 *
 * @returns false when the request is for another path
 */
export function createFaultsHandler(
  faults: FaultPlan,
): (message: IncomingMessage, response: ServerResponse) => boolean {
  function answer(response: ServerResponse, code: number, body: object): void {
    response.statusCode = code;
    response.setHeader('Content-Type', 'application/json');
    response.end(`${JSON.stringify(body)}\n`);
  }

  async function serve(
    message: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    try {
      if (message.method === 'POST') {
        faults.set(parseFaultRules(JSON.parse(await readBody(message))));
      } else if (message.method === 'DELETE') {
        faults.set([]);
      } else if (message.method !== 'GET') {
        answer(response, 405, { error: 'use GET, POST or DELETE' });
        return;
      }
      answer(response, 200, { faults: faults.rules });
    } catch (error) {
      answer(response, 400, {
        error: error instanceof Error ? error.message : String(error),
      });
    }
  }

  return (message, response) => {
    const { pathname } = new URL(message.url ?? '/', 'http://localhost');
    if (pathname !== '/__hub/faults') return false;
    serve(message, response).catch(error => response.destroy(error));
    return true;
  };
}
