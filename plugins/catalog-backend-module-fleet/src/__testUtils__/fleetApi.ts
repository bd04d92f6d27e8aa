import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { Matrix } from '@backstage-fleet/plugin-fleet-common';
import { createHash } from 'crypto';

/** The fleet's backend as far as the catalog asks it: `GET /matrix` with `ETag`, for services and users. */
export class FleetApi {
  /** What it answers; `undefined` is an outage. */
  matrix: Matrix | undefined;
  /** The status of each answer. */
  readonly answers: number[] = [];

  constructor(matrix: Matrix) {
    this.matrix = matrix;
  }

  get plugin() {
    return createBackendPlugin({
      pluginId: 'fleet',
      register: registration => {
        registration.registerInit({
          deps: {
            router: coreServices.httpRouter,
            httpAuth: coreServices.httpAuth,
          },
          init: async ({ router, httpAuth }) => {
            router.use(async (request, response, next) => {
              try {
                await httpAuth.credentials(request, { allow: ['service'] });
              } catch (error) {
                next(error);
                return;
              }
              const body = JSON.stringify(this.matrix);
              response.once('finish', () =>
                this.answers.push(response.statusCode),
              );
              if (request.path !== '/matrix' || !body) {
                response.status(503).json({ error: { message: 'Down.' } });
                return;
              }
              const etag = createHash('sha256').update(body).digest('hex');
              response.set('ETag', `W/"${etag}"`);
              if (request.fresh) response.status(304).end();
              else response.type('json').send(body);
            });
          },
        });
      },
    });
  }
}
