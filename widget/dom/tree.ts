/** What a view returns: elements, text, or nothing. */
export type Child = Tree | string | number | boolean | null | undefined | readonly Child[];

export interface Props {
  readonly children?: Child;
  readonly [name: string]: unknown;
}

/** A view: a plain function from its properties to what it shows. It keeps nothing between two drawings. */
// Each view names its own properties; the renderer hands over what the tree says.
// oxlint-disable-next-line typescript/no-explicit-any
export type View = (props: any) => Child;

export interface Tree {
  readonly tag: string | View;
  readonly props: Props;
  /** Tells siblings of one kind apart, so that a typed-in field stays the same element when others come and go. */
  readonly key: string | number | undefined;
}
