/**
 * A value of the same shape as `sample`, from text that may hold anything; nothing when it has another shape.
 *
 * What lies in a case file may have been written by somebody else. An array in `sample` has one item: the shape of all.
 */
export function shaped<T>(sample: T, text: string): T | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return fits(sample, value) ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}

function fits(sample: unknown, value: unknown): boolean {
  if (Array.isArray(sample)) return Array.isArray(value) && value.every((item) => fits(sample[0], item));
  if (sample === null || typeof sample !== 'object') return sample === null ? isScalar(value) : typeof value === typeof sample;
  if (value === null || typeof value !== 'object') return false;
  const members = value as Record<string, unknown>;
  const known = Object.entries(sample as Record<string, unknown>);
  return Object.keys(members).length === known.length && known.every(([name, inner]) => fits(inner, members[name]));
}

/** What may stand where the sample holds nothing: text, a number, nothing. */
function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'number';
}
