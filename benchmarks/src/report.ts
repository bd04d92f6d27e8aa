/** A result that other programs read. */
export interface Measure {
  /** Dotted name, for example `engine.plan.ms`. */
  measure: string;
  value: number;
  unit: string;
  /** What the value has to keep to; absent where it only informs. */
  bar?: number;
  /** `most` (the default): the value may not be above the bar; `least`: not below. */
  keep?: 'most' | 'least';
}

/** Prints a measure as a line of JSON, the only thing that goes to standard output. */
export function report({ measure, value, unit, bar, keep }: Measure): void {
  const rounded = Number(value.toPrecision(4));
  const verdict =
    bar === undefined
      ? {}
      : { bar, ok: keep === 'least' ? value >= bar : value <= bar };
  process.stdout.write(
    `${JSON.stringify({ measure, value: rounded, unit, ...verdict })}\n`,
  );
}
