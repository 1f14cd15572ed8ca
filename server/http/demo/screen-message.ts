import type { ScreenAnswer } from '../../../shared/contract/screen.ts';
import type { App } from '../app-type.ts';
import type { DemoKeys } from './seed-demo.ts';

/** As many of the author's last messages are looked at together: a number sent in pieces is found in them. */
const WINDOW = 5;

/**
 * Asks Parley about a chat message before it is kept, with what the same author wrote just before. The room token says at which stage the room
 * is, so nothing else needs to be told. An answer that is not one throws: a chat that cannot ask does not let through.
 */
export async function screenMessage(
  app: App,
  { publishableKey }: Pick<DemoKeys, 'publishableKey'>,
  token: string,
  { text, before }: { readonly text: string; readonly before: readonly string[] },
): Promise<ScreenAnswer> {
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/screen',
    headers: { authorization: `Bearer ${publishableKey}`, 'x-room-token': token },
    payload: { messages: [...before.slice(1 - WINDOW), text] },
  });
  if (answer.statusCode !== 200) throw new Error(`demo: POST /v1/screen answered ${answer.statusCode}: ${answer.body}`);
  return answer.json<ScreenAnswer>();
}
