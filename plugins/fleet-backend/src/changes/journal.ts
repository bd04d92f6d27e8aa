import type { TimelineEntry } from '@backstage-fleet/plugin-fleet-common';
import type { ChangePatch, ChangeRecord } from './types';

/** An entry of a change's timeline; the journal adds the time. */
export type NewTimelineEntry = Omit<TimelineEntry, 'at'>;

/** A change with what happened to it, oldest first. */
export interface JournaledChange extends ChangeRecord {
  timeline: TimelineEntry[];
}

/** Keeps changes in flight, so that a process that ends in the middle of one loses nothing. */
export interface ChangeJournal {
  insert(record: ChangeRecord, entry: NewTimelineEntry): Promise<void>;
  /** Writes fields and, where given, an entry of the timeline, in one transaction. */
  update(
    id: string,
    patch: ChangePatch,
    entry?: NewTimelineEntry,
  ): Promise<void>;
  /** As {@link ChangeJournal.update}, but only while the change is in this state. False where it was not. */
  advance(
    id: string,
    from: ChangeRecord['state'],
    patch: ChangePatch,
    entry: NewTimelineEntry,
  ): Promise<boolean>;
  get(id: string): Promise<JournaledChange | undefined>;
  /** Newest first, without those that changed nothing and those that may not be seen. */
  list(options: {
    service?: string;
    limit: number;
    visible?(change: ChangeRecord): boolean;
  }): Promise<JournaledChange[]>;
  /** The open pull request of an equal request, if there is one. */
  findProposed(
    repository: string,
    intentKey: string,
  ): Promise<ChangeRecord | undefined>;
  /** Changes that are written and not yet at their end. */
  following(): Promise<ChangeRecord[]>;
  /**
   * Takes over the changes whose writing stopped: nobody touched them since the given time. Of several replicas one
   * gets each.
   */
  claimAbandoned(before: Date): Promise<ChangeRecord[]>;
}
