/** What a page can be asked in the browsers that Playwright cannot drive. An expression is JavaScript; a promise is waited for. */
export interface DrivenPage {
  readonly open: (url: string) => Promise<void>;
  /** The text an expression ends with. */
  readonly read: (expression: string) => Promise<string>;
  /** Presses the mouse on the element an expression ends with. */
  readonly click: (expression: string) => Promise<void>;
  /** Types on the keyboard, wherever the focus is. */
  readonly type: (text: string) => Promise<void>;
}

/** The actions of a mouse on an element, as both WebDriver protocols want them; `origin` names the element in the words of the protocol. */
export function mousePress(origin: unknown): object {
  const actions = [
    { type: 'pointerMove', x: 0, y: 0, origin },
    { type: 'pointerDown', button: 0 },
    { type: 'pointerUp', button: 0 },
  ];
  return { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions };
}

/** The actions of a keyboard. */
export function keyPresses(text: string): object {
  const actions = Array.from(text).flatMap((value) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ]);
  return { type: 'key', id: 'keyboard', actions };
}
