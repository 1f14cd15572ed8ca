import type { DrivenPage } from '../helpers/driven-page.ts';

/** A person in front of a page, who finds things by selector and by their whole text, inside the elements' shadow trees too. */
export interface Visitor {
  /** Waits until it is there and can be used. */
  readonly see: (selector: string, text?: string) => Promise<void>;
  readonly click: (selector: string, text?: string) => Promise<void>;
  /** Clicks a field and types. */
  readonly fill: (selector: string, text: string) => Promise<void>;
}

const PATIENCE_MS = 15_000;
const FIND = `(selector, text) => {
  const roots = [document];
  for (const root of roots) for (const element of root.querySelectorAll('*')) if (element.shadowRoot) roots.push(element.shadowRoot);
  const isIt = (element) => (text === null || element.textContent.trim() === text) && !element.disabled && element.getClientRects().length > 0;
  return roots.flatMap((root) => [...root.querySelectorAll(selector)]).find(isIt);
}`;

export function visitorOf({ read, click, type }: DrivenPage): Visitor {
  const find = (selector: string, text?: string) => `(${FIND})(${JSON.stringify(selector)}, ${JSON.stringify(text ?? null)})`;
  const wait = async (condition: string, what: string) => {
    const seen = await read(`new Promise((resolve) => {
      const end = Date.now() + ${PATIENCE_MS};
      const words = () => [...document.querySelectorAll('*')].map(({ shadowRoot }) => shadowRoot?.textContent ?? '').join(' ');
      const look = () => ${condition} ? resolve('there') : Date.now() > end ? resolve(words()) : setTimeout(look, 25);
      look();
    })`);
    if (seen !== 'there') throw new Error(`${what}; the page says: ${seen}`);
  };
  const see: Visitor['see'] = (selector, text) => wait(find(selector, text), `${selector} ${text ?? ''} is not to be seen`);
  const press: Visitor['click'] = async (selector, text) => {
    await see(selector, text);
    await click(find(selector, text));
  };
  const fill: Visitor['fill'] = async (selector, text) => {
    await press(selector);
    // Not `:focus`, which holds in no window that is not the foremost one.
    await wait(`${find(selector)}?.getRootNode().activeElement === ${find(selector)}`, `${selector} has no focus`);
    await type(text);
  };
  return { see, click: press, fill };
}
