/** What one change has touched, until a revision is made of it. */
export class PendingRevision {
  /** Something that somebody could see is different. */
  news = false;
  /** What is different is no Application: clusters or projects. */
  surroundings = false;
  /** Rows or columns of the matrix may have come or gone. */
  axes = false;
  /** Cells of the matrix. */
  readonly pairs = new Set<string>();
  /** Ids of Applications. */
  readonly touched = new Set<string>();

  /** A cell looks different. */
  cell(pair: string) {
    this.news = true;
    this.pairs.add(pair);
  }
}
