import type { Child, Props, Tree, View } from './tree.ts';

type Handlers<Target> = {
  readonly [name in keyof HTMLElementEventMap as `on${name}`]?: (
    event: HTMLElementEventMap[name] & { readonly currentTarget: Target },
  ) => unknown;
};

type Attributes<Target> = Handlers<Target> & {
  /** Called once, when the element is in the page. */
  readonly ref?: (element: Target) => void;
  readonly key?: string | number;
  readonly children?: Child;
  readonly [attribute: string]: unknown;
};

export declare namespace JSX {
  type Element = Child;
  type ElementType = string | View;
  interface ElementChildrenAttribute {
    children: unknown;
  }
  interface IntrinsicAttributes {
    readonly key?: string | number;
  }
  type IntrinsicElements = { [tag in keyof HTMLElementTagNameMap]: Attributes<HTMLElementTagNameMap[tag]> } & {
    [tag in 'svg' | 'path' | `${string}-${string}`]: Attributes<HTMLElement>;
  };
}

/** What JSX compiles to (the automatic runtime). */
export function jsx(tag: string | View, props: Props, key?: string | number): Tree {
  return { tag, props, key };
}

export { jsx as jsxs };

export function Fragment({ children }: Props): Child {
  return children;
}
