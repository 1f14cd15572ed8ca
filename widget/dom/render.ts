import type { Child, Props, Tree } from './tree.ts';

/** An element or text of the tree, with every view already called. */
type Host = (Tree & { readonly tag: string }) | string;
interface Mounted {
  readonly host: Host;
  readonly node: Element | Text;
  readonly children: Places;
}
/** `null` keeps the place of something that is not shown, so that its neighbours keep theirs. */
type Places = readonly (Mounted | null)[];

const drawn = new WeakMap<Element, Places>();
const SVG = 'http://www.w3.org/2000/svg';

/**
 * Draws a tree into a container, changing only what differs from the last drawing; elements that stay keep their focus and what was typed.
 * Views are plain functions and the state lives outside, so this needs no hooks and no component life: a kilobyte instead of five.
 */
export function render(child: Child, container: Element): void {
  const ready: (() => void)[] = [];
  drawn.set(container, patchChildren(container, drawn.get(container) ?? [], resolve(child), ready));
  for (const call of ready) call();
}

function resolve(child: Child, key?: string | number): (Host | null)[] {
  if (Array.isArray(child)) return (child as readonly Child[]).flatMap((each) => resolve(each));
  if (child === null || child === undefined || typeof child === 'boolean') return [null];
  if (typeof child !== 'object') return [String(child)];
  const tree = child as Tree;
  const own = tree.key ?? key;
  return typeof tree.tag === 'function' ? resolve(tree.tag(tree.props), own) : [{ ...tree, key: own } as Host];
}

function patchChildren(parent: Element, before: Places, hosts: readonly (Host | null)[], ready: (() => void)[]): Places {
  const left = new Set(before);
  const found = hosts.map((host, index) => {
    if (host === null) return null;
    const same = [before[index], ...left].find((old) => old && left.has(old) && isSame(old.host, host)) ?? null;
    left.delete(same);
    return same;
  });
  for (const old of left) old?.node.remove();
  let place = 0;
  return hosts.map((host, index) => {
    if (host === null) return null;
    const mounted = patch(found[index] ?? null, host, parent, ready);
    const there = parent.childNodes[place++] ?? null;
    if (there !== mounted.node) parent.insertBefore(mounted.node, there);
    return mounted;
  });
}

function isSame(one: Host, other: Host): boolean {
  if (typeof one === 'string' || typeof other === 'string') return typeof one === typeof other;
  return one.tag === other.tag && one.key === other.key;
}

function patch(old: Mounted | null, host: Host, parent: Element, ready: (() => void)[]): Mounted {
  if (typeof host === 'string') {
    const node = old?.node ?? document.createTextNode(host);
    if (node.textContent !== host) node.textContent = host;
    return { host, node, children: [] };
  }
  const { tag, props } = host;
  const node =
    (old?.node as Element | undefined) ??
    (tag === 'svg' || parent.namespaceURI === SVG ? document.createElementNS(SVG, tag) : document.createElement(tag));
  const children = patchChildren(node, old?.children ?? [], resolve(props.children), ready);
  // After the children: a select takes its value only once its options are there.
  const was = (old?.host as Tree | undefined)?.props ?? {};
  for (const name of Object.keys({ ...was, ...props }))
    if (was[name] !== props[name] || name === 'value' || name === 'checked') setProperty(node, name, props, was);
  if (old === null && props['ref'] !== undefined) ready.push(() => (props['ref'] as (element: Element) => void)(node));
  return { host, node, children };
}

function setProperty(node: Element, name: string, props: Props, was: Props): void {
  const value = props[name];
  if (name === 'children' || name === 'ref') return;
  if (name.startsWith('on')) {
    const event = name.slice(2);
    if (was[name]) node.removeEventListener(event, was[name] as EventListener);
    if (value) node.addEventListener(event, value as EventListener);
  } else if (name === 'value' || name === 'checked') {
    const field = node as unknown as Record<string, unknown>;
    if (field[name] !== value) field[name] = value;
    // `aria-busy="false"` says something, `disabled="false"` would not.
  } else if (value === null || value === undefined || (value === false && !name.includes('-'))) node.removeAttribute(name);
  else node.setAttribute(name, value === true && !name.includes('-') ? '' : (value as string));
}
