import type { ChangeOutput } from './runChange';

/** Sets each output that has a value. */
export function setOutputs(
  context: { output(name: any, value: any): void },
  output: ChangeOutput,
): void {
  for (const [name, value] of Object.entries(output)) {
    if (value !== undefined) context.output(name, value);
  }
}
