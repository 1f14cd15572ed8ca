/**
 * Makes an element: `element('p', { class: 'note' }, 'text', child)`. Properties starting with `on` become listeners, a value of `null`,
 * `undefined` or `false` is left out, and text is always text, never HTML.
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** A line drawing of one path, as the icons of the page are. */
export function icon(path) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/** The round picture of a person: initials, in a colour that belongs to the name. */
export function avatar(name) {
  const words = name.split(/\s+/);
  const tint = [...name].reduce((sum, char) => sum + char.codePointAt(0), 0) % 5;
  return element(
    'span',
    { class: `avatar tint-${tint}`, 'aria-hidden': 'true' },
    `${words[0][0]}${words.length > 1 ? words.at(-1)[0] : ''}`,
  );
}
