/** What is asked for, how, and the error that it ends with: its name, and a part of its message. */
export type Refusal = [
  title: string,
  run: () => unknown,
  name: string,
  message: string,
];

/** One test for each: what is asked for is refused, and says why. */
export function itRefuses(refusals: Refusal[]): void {
  it.each(refusals)('%s', (_title, run, name, message) => {
    let error: unknown;
    try {
      run();
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });
}
