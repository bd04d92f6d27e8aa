/**
 * An object on a hub.
 *
 * @public
 */
export interface ObjectReference {
  apiVersion: string;
  kind: string;
  name: string;
  /** Absent where the object has none, or goes where its Argo CD Application sends it. */
  namespace?: string;
}

/**
 * One commit or pull request of an intent that takes several, one after the other: a wave of a promotion, the fix and its
 * forward merge, a step of taking a cluster out of service.
 *
 * @remarks
 * An intent's stages are computed once, on the files that it was asked for, and kept as data with the change; each is then
 * applied to the head of its time, alone. Without a stage an intent is applied whole, which is what a preview shows.
 *
 * @public
 */
export interface IntentStage {
  /** What the intent does in it; known to the intent alone: `wave-1`, `drain`, `unregister`. */
  id: string;
  /** For people, for example `Wave 1: eu-west-1`, `Drain`. The clusters are shown beside it. */
  title: string;
  /**
   * What must be seen before the next stage is written: the commit on the branch, its Applications synced and healthy, its
   * deleted Applications gone from the hub.
   */
  waitFor: 'merged' | 'healthy' | 'removed';
  /** The clusters that it touches. */
  clusters: string[];
  /** The version that it brings, where it brings one: fixed when the stages were computed, whatever runs later. */
  version?: string;
  /** Objects that must be gone from the hub too before `removed` is over: a cluster's Secret, its claim. */
  objects?: ObjectReference[];
  /** Texts of files that the stage puts back, as they were when the intent was asked for. */
  files?: Record<string, string>;
}
