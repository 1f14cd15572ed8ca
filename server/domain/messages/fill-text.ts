/**
 * A text with its `{placeholders}` replaced, in one pass, so that a name that looks like a placeholder stays as it is. A placeholder
 * without a value is a mistake in our own code and throws.
 *
 * With `isolate`, every value stands between FSI and PDI (Unicode Bidirectional Algorithm, 2.4): a Latin name or a time inside an
 * Arabic sentence then keeps its own direction and does not turn its neighbours around.
 */
export function fillText(text: string, values: Readonly<Record<string, string>>, isolate: 'plain' | 'isolate' = 'plain'): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`message text: no value for ${placeholder}`);
    return isolate === 'isolate' ? `\u2068${value}\u2069` : value;
  });
}
