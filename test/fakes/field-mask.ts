type Mask = Map<string, Mask | null>;

/** Applies Google's `fields` (`items(id,start),nextPageToken`) to an answer; throws for a mask that cannot be read or asks for nothing. */
export function applyFieldMask(value: unknown, fields: string): unknown {
  const [mask, rest] = parse(fields, 0);
  if (rest !== fields.length || mask.size === 0) throw new Error(`fields cannot be read: ${fields}`);
  return pick(value, mask);
}

function parse(text: string, from: number): [Mask, number] {
  const mask: Mask = new Map();
  let at = from;
  while (at < text.length && text[at] !== ')') {
    const name = /^[A-Za-z]+/.exec(text.slice(at))?.[0];
    if (name === undefined) throw new Error(`fields cannot be read: ${text}`);
    at += name.length;
    if (text[at] === '(') {
      const [inner, end] = parse(text, at + 1);
      mask.set(name, inner);
      at = end + 1;
    } else mask.set(name, null);
    if (text[at] === ',') at += 1;
  }
  return [mask, at];
}

function pick(value: unknown, mask: Mask): unknown {
  if (Array.isArray(value)) return value.map((one) => pick(one, mask));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => mask.has(name));
  return Object.fromEntries(
    kept.map(([name, inner]) => {
      const innerMask = mask.get(name);
      return [name, innerMask instanceof Map ? pick(inner, innerMask) : inner];
    }),
  );
}
