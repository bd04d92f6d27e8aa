import { Router } from 'express';
import type { GitHostState } from '../github/host/GitHost';

/** Pages. */
export function createPages(_host: GitHostState): Router {
  return Router();
}
