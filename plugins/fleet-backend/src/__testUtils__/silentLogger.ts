import type { LoggerService } from '@backstage/backend-plugin-api';

/** Says nothing, also where there is no Jest. */
export const silentLogger: LoggerService = {
  error() {},
  warn() {},
  info() {},
  debug() {},
  child: () => silentLogger,
};
