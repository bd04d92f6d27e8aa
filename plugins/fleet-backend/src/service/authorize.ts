import type {
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import type { Request } from 'express';

/** Lets a request read what a permission covers, or refuses it. */
export type AllowRead = (
  request: Request<any, any, any, any, any>,
  permission: ResourcePermission,
  what: string,
) => Promise<BackstageCredentials>;

/**
 * Every read route asks for a permission; without credentials the answer is 401, without the permission 403.
 *
 * A conditional decision refuses: this plugin registers no rules that one could be made of, and showing everything would
 * be wrong.
 */
export function createAllowRead(options: {
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
}): AllowRead {
  const { httpAuth, permissions } = options;
  return async (request, permission, what) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const [decision] = await permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not see ${what}: it needs the permission ${permission.name}.`,
      );
    }
    return credentials;
  };
}
