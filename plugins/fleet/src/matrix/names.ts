/** The name in an entity ref, for a label: `group:default/payments` is `payments`. */
export function nameOfRef(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1).replace(/^[^:]*:/, '');
}
