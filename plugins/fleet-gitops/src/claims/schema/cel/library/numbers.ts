/** The digits of a number and the power of ten of the first one: 1234.5 is `12345` and 3. */
function digits(value: number): { text: string; exponent: number } {
  const [mantissa, exponent] = Math.abs(value).toExponential().split('e');
  return { text: mantissa.replace('.', ''), exponent: Number(exponent) };
}

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return undefined;
  return value > 0 ? '+Inf' : '-Inf';
}

function sign(value: number): string {
  return value < 0 || Object.is(value, -0) ? '-' : '';
}

/** A number as Go's `%g` writes it: with an exponent from 1e+06, and below 1e-04. */
export function shortNumber(value: number): string {
  const named = special(value);
  if (named) return named;
  const { text, exponent } = digits(value);
  if (exponent >= -4 && exponent < 6) return sign(value) + plainNumber(value);
  const rest = text.length > 1 ? `.${text.slice(1)}` : '';
  const power = String(Math.abs(exponent)).padStart(2, '0');
  return `${sign(value)}${text[0]}${rest}e${exponent < 0 ? '-' : '+'}${power}`;
}

/** A number without exponent, in its fewest digits. */
export function plainNumber(value: number): string {
  const { text, exponent } = digits(value);
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${text}`;
  const whole = text.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = text.slice(exponent + 1);
  return fraction ? `${whole}.${fraction}` : whole;
}
