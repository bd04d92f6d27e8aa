import type {
  AuditorServiceCreateEventOptions,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';

/** Who asks, and by which request, for the audit log. */
export interface Asker {
  credentials: BackstageCredentials;
  request?: AuditorServiceCreateEventOptions['request'];
}

/**
 * Who sent a request.
 *
 * @throws AuthenticationError where nobody is signed in
 */
export async function askerOf(
  httpAuth: HttpAuthService,
  request: Parameters<HttpAuthService['credentials']>[0],
): Promise<Asker> {
  return {
    credentials: await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    }),
    request: request as any,
  };
}

/** Who asks, as an entity ref; services by their subject. */
export function requesterOf(
  credentials: BackstageCredentials,
): string | undefined {
  const principal = credentials.principal as
    | { type: 'user'; userEntityRef: string }
    | { type: 'service'; subject: string }
    | { type: 'none' };
  if (principal.type === 'user') return principal.userEntityRef;
  return principal.type === 'service' ? principal.subject : undefined;
}
