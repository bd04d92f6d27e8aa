/** What is asked for, how, and the error that it ends with: its name, and a part of its message. */
export type Refusal = [
  title: string,
  run: () => unknown,
  name: string,
  message: string,
];

/** The error that something ends with; `undefined` where it ends well. */
export function errorOf(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}
