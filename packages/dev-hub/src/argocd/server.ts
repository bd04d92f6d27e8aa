import express, { type Express } from 'express';
import { applications, type ObjectStore } from '../objects';
import { applicationPage, applicationsPage } from './pages';

/** Argo CD's addresses of Applications for people, so that links from elsewhere lead somewhere. */
export function createArgocdPages(store: ObjectStore): Express {
  const app = express();
  app.disable('x-powered-by');
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
  return app;
}
