const FACTORS: Record<string, number> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A Kubernetes quantity (`250m`, `96Gi`) as a number of its unit; `undefined` where it is none. */
export function parseQuantity(text: unknown): number | undefined {
  const match = /^([0-9]+(?:\.[0-9]+)?)([a-zA-Z]{0,2})$/.exec(String(text));
  const factor = match ? FACTORS[match[2]] : undefined;
  return match && factor !== undefined ? Number(match[1]) * factor : undefined;
}
