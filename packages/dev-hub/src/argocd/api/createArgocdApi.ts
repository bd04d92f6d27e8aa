import express, { Router, type Request, type Response } from 'express';
import type { Application } from '@backstage-fleet/plugin-fleet-gitops';
import {
  applications,
  applicationSets,
  appProjects,
  type ObjectStore,
} from '../../objects';
import type { Clusters } from '../../spokes';
import { type Account, accountOf, mayRead, requireAccount } from './accounts';
import { refresh, rollback, sync, terminate } from './actions';
import { ApiError, notFound, permissionDenied } from './ApiError';
import { patch, remove, replaceSpec } from './changes';
import { listClusters } from './clusters';
import { selectFields } from './fields';
import {
  applicationFilter,
  applicationSetFilter,
  type ObjectFilter,
  sent,
  sentList,
  value,
} from './listing';
import { settings, versionInfo } from './settings';
import { refuseStream, STREAMS, streamObjects } from './stream';

export interface ArgocdApiOptions {
  store: ObjectStore;
  clusters: Clusters;
  accounts: Account[];
  now?: () => Date;
  /** What `/api/version` tells. */
  version?: string;
  /** Silence in a stream until a comment is sent, in milliseconds; 15 seconds by default. */
  keepAliveMilliseconds?: number;
}

/** The part of argocd-server's API that portals use: reading, syncing, refreshing, rolling back. */
export function createArgocdApi(options: ArgocdApiOptions): Router {
  const { store, clusters, accounts } = options;
  const now = options.now ?? (() => new Date());
  const version = options.version ?? 'v3.4.0';
  const router = Router();

  const requireType = (request: Request, response: Response): boolean => {
    const reads = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
    const type = request.headers['content-type'] ?? '';
    if (reads || /^application\/json\b/.test(type)) return true;
    response.status(415).type('text/plain').send('Invalid content type\n');
    return false;
  };
  router.use((request, response, next) => {
    if (requireType(request, response)) next();
  });
  router.use(express.json());

  const find = (request: Request, account: Account): Application => {
    const key = {
      name: request.params.name,
      namespace: value(request, 'appNamespace') ?? 'argocd',
    };
    const project = value(request, 'project');
    const found = store.find(applications, key) as Application | undefined;
    const own = found?.spec.project || 'default';
    if (project !== undefined && (!found || own !== project)) {
      if (!mayRead(account, project)) throw permissionDenied();
      throw notFound(`applications.argoproj.io "${key.name}"`);
    }
    if (!found || !mayRead(account, own)) throw permissionDenied();
    return found;
  };
  /** A handler for those who are logged in. */
  const known =
    (answer: (request: Request, account: Account) => unknown) =>
    (request: Request, response: Response) => {
      response.json(answer(request, requireAccount(request, accounts)));
    };
  /** A handler for those who may change the Application. */
  const change = (
    act: (
      application: Application,
      account: Account,
      request: Request,
    ) => unknown,
  ) =>
    known((request, account) => {
      const application = find(request, account);
      if (account.projects) throw permissionDenied();
      return act(application, account, request);
    });
  const changed =
    (act: typeof sync) =>
    (application: Application, { name }: Account, { body }: Request) =>
      sent(act(store, application, name, body));

  router.get('/version', (request, response) => {
    const isKnown = accountOf(request, accounts) !== undefined;
    response.json(versionInfo(version, isKnown));
  });
  router.get('/v1/settings', (_request, response) => {
    response.json(settings);
  });
  router.get('/v1/session/userinfo', (request, response) => {
    const account = accountOf(request, accounts);
    response.json(
      account ? { loggedIn: true, username: account.name, iss: 'argocd' } : {},
    );
  });
  router.post('/v1/session', (request, response) => {
    const { username, password } = request.body ?? {};
    if (!username && !password) {
      throw new ApiError(16, 'no credentials supplied');
    }
    const account = accounts.find(
      ({ name, password: own }) =>
        name === username && own !== undefined && own === password,
    );
    if (!account) throw new ApiError(16, 'Invalid username or password');
    response.json({ token: account.token });
  });

  router.get(
    '/v1/applications',
    known((request, account) => {
      const matches = applicationFilter(request, account);
      const list = store.list(applications);
      const items = list.items.filter(matches).map(sent);
      const { metadata, items: all } = sentList(list, items) as any;
      const chosen = selectFields({ items: all }, value(request, 'fields'));
      // Fields are chosen of the items; the version of the list is always told.
      const none = all === null ? null : items.map(() => ({}));
      return { metadata, items: chosen.items ?? none };
    }),
  );
  router.get(
    '/v1/applications/:name',
    known((request, account) => {
      const application = find(request, account);
      const kind = value(request, 'refresh');
      return sent(kind ? refresh(store, application, kind) : application);
    }),
  );
  router.post('/v1/applications/:name/sync', change(changed(sync)));
  router.post('/v1/applications/:name/rollback', change(changed(rollback)));
  router.delete(
    '/v1/applications/:name/operation',
    change(application => {
      terminate(store, application);
      return {};
    }),
  );
  router.delete(
    '/v1/applications/:name',
    change((application, _account, request) => {
      remove(store, application, {
        cascade: value(request, 'cascade'),
        propagationPolicy: value(request, 'propagationPolicy'),
      });
      return {};
    }),
  );
  router.patch(
    '/v1/applications/:name',
    change((application, _account, { body }) =>
      sent(patch(store, application, body)),
    ),
  );
  router.put(
    '/v1/applications/:name/spec',
    change((application, _account, { body }) =>
      replaceSpec(store, application, body),
    ),
  );
  const stream = (
    kind: keyof typeof STREAMS,
    filter: (request: Request, account: Account) => ObjectFilter,
  ) =>
    router.get(`/v1/stream/${kind}`, (request, response) => {
      const account = accountOf(request, accounts);
      if (!account) {
        refuseStream(request, response);
        return;
      }
      streamObjects({
        store,
        request,
        response,
        kind,
        matches: filter(request, account),
        keepAliveMilliseconds: options.keepAliveMilliseconds,
      });
    });
  stream('applications', applicationFilter);
  stream('applicationsets', applicationSetFilter);

  router.get(
    '/v1/clusters',
    known((request, account) => {
      const name = value(request, 'name');
      const items = account.projects
        ? []
        : listClusters(store, clusters, now()).filter(
            cluster => name === undefined || cluster.name === name,
          );
      return { metadata: {}, items: items.length > 0 ? items : null };
    }),
  );
  router.get(
    '/v1/clusters/:id',
    known((request, account) => {
      const { id } = request.params;
      const found = listClusters(store, clusters, now()).find(
        ({ name, server }) => id === name || id === server,
      );
      if (!found || account.projects) throw permissionDenied();
      return found;
    }),
  );
  router.get(
    '/v1/applicationsets',
    known((request, account) => {
      const list = store.list(applicationSets);
      const items = list.items.filter(applicationSetFilter(request, account));
      return sentList(list, items.map(sent));
    }),
  );
  router.get(
    '/v1/applicationsets/:name',
    known((request, account) => {
      const { name } = request.params;
      const found = store.find(applicationSets, { name, namespace: 'argocd' });
      if (!found) {
        throw notFound(
          `error getting ApplicationSet: applicationset.argoproj.io "${name}"`,
        );
      }
      if (account.projects) throw permissionDenied();
      return sent(found);
    }),
  );
  router.get(
    '/v1/projects',
    known((_request, account) => {
      const list = store.list(appProjects);
      const items = list.items.filter(({ metadata }) =>
        mayRead(account, metadata.name),
      );
      return sentList(list, items.map(sent));
    }),
  );
  router.get(
    '/v1/projects/:name',
    known((request, account) => {
      const { name } = request.params;
      if (!mayRead(account, name)) throw permissionDenied();
      const found = store.find(appProjects, { name, namespace: 'argocd' });
      if (!found) throw notFound(`appprojects.argoproj.io "${name}"`);
      return sent(found);
    }),
  );

  router.use((request, response) => {
    const served = ['applications', 'clusters', 'projects', 'settings'].some(
      name => request.path === `/v1/${name}`,
    );
    if (served)
      response.status(405).type('text/plain').send('Method Not Allowed\n');
    else response.status(404).type('text/plain').send('Not Found\n');
  });
  router.use(
    (
      error: Error,
      _request: Request,
      response: Response,
      next: express.NextFunction,
    ) => {
      if (error instanceof ApiError) {
        response.status(error.status).json(error.body);
      } else if (error instanceof SyntaxError) {
        const refused = new ApiError(3, 'unexpected EOF');
        response.status(refused.status).json(refused.body);
      } else next(error);
    },
  );
  return router;
}
