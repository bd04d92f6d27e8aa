import type { ClusterRecord } from '../model/fleetSnapshot';

/**
 * An object declared in a file of the repository.
 *
 * @public
 */
export interface Declared<T> {
  object: T;
  file: string;
  /** Document in the file, counted from 0. */
  document: number;
}

/**
 * A cluster that the repository registers in Argo CD.
 *
 * @public
 */
export interface DeclaredCluster extends ClusterRecord {
  /** The file that declares it. */
  file: string;
  /** Document in the file, counted from 0. */
  document: number;
}

/**
 * A file that seems to matter and cannot be read.
 *
 * @public
 */
export interface RepositoryProblem {
  file: string;
  /** Counted from 1. */
  line: number;
  message: string;
}
