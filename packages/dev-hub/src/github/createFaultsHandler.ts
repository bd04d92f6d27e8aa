import express, { Router } from 'express';
import type { Fault, Faults } from './Faults';

const KINDS: Fault['kind'][] = [
  'respond',
  'rate-limit',
  'advance-head',
  'delay',
];

/** Checks a fault that came as JSON; `changes` is an object of path → content, `null` deletes. */
function parseFault(value: unknown): Fault {
  const { kind, changes, ...rest } = (value ?? {}) as Record<string, unknown>;
  if (!KINDS.includes(kind as Fault['kind'])) {
    throw new Error(`"kind" must be one of ${KINDS.join(', ')}`);
  }
  if (kind === 'respond' && !Number.isInteger(rest.status)) {
    throw new Error('"status" must be an HTTP status, such as 502');
  }
  if (kind === 'delay' && !Number.isFinite(rest.milliseconds)) {
    throw new Error('"milliseconds" must be a number');
  }
  if (
    kind === 'rate-limit' &&
    !['primary', 'secondary'].includes(String(rest.limit))
  ) {
    throw new Error('"limit" must be primary or secondary');
  }
  if (typeof rest.path === 'string') {
    try {
      // eslint-disable-next-line no-new
      new RegExp(rest.path);
    } catch {
      throw new Error('"path" must be a regular expression');
    }
  }
  return {
    kind,
    ...rest,
    ...(changes && typeof changes === 'object'
      ? {
          changes: new Map(
            Object.entries(changes).map(([path, content]) => [
              path,
              content ?? undefined,
            ]),
          ),
        }
      : {}),
  } as Fault;
}

function formatFault(fault: Fault) {
  return fault.kind === 'advance-head' && fault.changes
    ? {
        ...fault,
        changes: Object.fromEntries(
          [...fault.changes].map(([path, content]) => [path, content ?? null]),
        ),
      }
    : fault;
}

/**
 * Injects faults over HTTP: `POST /__git/faults` with one fault or a list of them, `GET` shows what is due, `DELETE`
 * clears. For a control port: it asks for no credentials.
 *
 * @public
 */
export function createFaultsHandler(faults: Faults): Router {
  const router = Router();
  const path = '/__git/faults';
  router.get(path, (_request, response) => {
    response.json({ faults: faults.list().map(formatFault) });
  });
  router.delete(path, (_request, response) => {
    faults.clear();
    response.status(204).end();
  });
  router.post(path, express.json(), (request, response) => {
    try {
      const given = Array.isArray(request.body) ? request.body : [request.body];
      faults.inject(...given.map(parseFault));
      response.status(201).json({ faults: faults.list().map(formatFault) });
    } catch (error) {
      response.status(400).json({ message: (error as Error).message });
    }
  });
  return router;
}
