import express, { type Express, type Request } from 'express';
import { resetConnection } from '../kubernetes/connection';
import type { FaultPlan } from '../kubernetes';
import { applications, type ObjectStore } from '../objects';
import { type ArgocdApiOptions, createArgocdApi } from './api/createArgocdApi';
import { applicationPage, applicationsPage } from './pages';

/** Argo CD's API, and its addresses of Applications for people, so that links from elsewhere lead somewhere. */
export function createArgocdServer(
  options: ArgocdApiOptions & { faults?: FaultPlan },
): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  if (options.faults) app.use(strike(options.faults));
  app.use('/api', createArgocdApi(options));
  app.get('/healthz', (_request, response) => {
    response.type('text/plain').send('ok\n');
  });
  addPages(app, options.store);
  app.use((_request, response) => {
    response.status(404).type('text/plain').send('404 page not found\n');
  });
  return app;
}

function addPages(app: Express, store: ObjectStore) {
  app.get('/', (_request, response) => {
    response.redirect('/applications');
  });
  app.get('/applications', (_request, response) => {
    response.send(applicationsPage(store.list(applications).items));
  });
  app.get('/applications/:namespace/:name', (request, response) => {
    const { namespace, name } = request.params;
    const application = store.find(applications, { namespace, name });
    if (!application) {
      response.status(404).send(applicationsPage([], `${namespace}/${name}`));
      return;
    }
    response.send(applicationPage(application));
  });
}

/** What stands in the path of the API: `/api/v1/stream/applications` is a watch of applications. */
function targetOf({ path }: Request) {
  const [, , ...steps] = path.split('/').filter(Boolean);
  const streams = steps[0] === 'stream';
  const [resource, name] = streams ? steps.slice(1) : steps;
  const reads = name === undefined ? 'list' : 'get';
  return { verb: streams ? 'watch' : reads, resource };
}

/** The faults of the hub strike Argo CD's API too; open streams end when a fault begins. */
function strike(faults: FaultPlan): express.RequestHandler {
  return (request, response, next) => {
    const target = targetOf(request);
    const fault = faults.strike(target);
    if (target.verb === 'watch') {
      const stop = faults.onChange(() => {
        if (faults.rules.length > 0) response.destroy();
      });
      response.on('close', stop);
    }
    switch (fault?.kind) {
      case undefined:
      case 'expired':
        next();
        return;
      case 'down':
        request.socket.destroy();
        return;
      case 'reset':
        resetConnection(request.socket);
        return;
      case 'silent':
        return;
      case 'slow':
        setTimeout(next, fault.milliseconds);
        return;
      case 'garbage':
        response.type('application/json').send('{"items":[{"meta\n<html>');
        return;
      case 'half-page':
        response.type('application/json');
        response.write('{"metadata":{},"items":[{"metadata":{"na', () =>
          response.destroy(),
        );
        return;
      default:
        response.status(fault!.kind === 'status' ? fault!.code : 500).json({
          error: 'fault',
          code: 2,
          message: 'a fault was asked for on the control port',
        });
    }
  };
}
