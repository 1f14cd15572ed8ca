import { type Answer, type TestApp, withApp } from '../helpers/app.ts';
import { makeWorld, signRoomToken, type TokenClaims, type World } from '../helpers/world.ts';

export const TEN = '2026-11-24T15:00:00Z';
export const ELEVEN = '2026-11-24T16:00:00Z';
export const NOON = '2026-11-24T17:00:00Z';
export const ROOM = { id: 'room-1', stage: 'preContract' } as const;
export const TERMS = {
  placements: ['messageRoom', 'booking'],
  stages: ['preContract'],
  acknowledgement: 'oncePerRoom',
  text: { en: 'Stay here until there is a contract.', de: 'Bleibt hier, bis es einen Vertrag gibt.' },
  fallback: { en: 'Try again, or switch to a link.' },
};

export type Who = 'invitee' | 'host' | 'visitor' | 'key';

export interface Terms {
  readonly given: TestApp;
  readonly world: World;
  readonly token: (role: 'invitee' | 'host', claims?: TokenClaims) => Promise<string>;
  readonly post: (url: string, who: Who, body: object, claims?: TokenClaims) => Promise<Answer>;
  /** Publishes the next version of the terms; answers its id. */
  readonly publish: () => Promise<string>;
  /** Answers the acknowledgement's id. */
  readonly acknowledge: (who: Who, noticeVersionId: string, claims?: TokenClaims) => Promise<string>;
}

interface Setting {
  readonly tenant?: object;
  readonly eventType?: object;
}

/** A tenant whose callers stand before a contract, with people of both sides, a visitor and the tenant's own key. */
export async function withTerms({ tenant, eventType }: Setting, use: (terms: Terms) => Promise<void>): Promise<void> {
  await withApp(async (given) => {
    const world = await makeWorld(given, { tenant: { defaultStage: 'preContract', ...tenant }, eventType: eventType ?? {} });
    const token: Terms['token'] = (role, claims = {}) =>
      signRoomToken(world, given.clock.nowMs(), { role, room: ROOM, ...(role === 'host' && { sub: 'ana', name: 'Ana Host' }), ...claims });
    const post: Terms['post'] = async (url, who, body, claims) => {
      if (who === 'key') return given.call('POST', url, { key: world.secretKey, body });
      const roomToken = who === 'visitor' ? undefined : await token(who, claims);
      return given.call('POST', url, { key: world.publishableKey, body, ...(roomToken !== undefined && { roomToken }) });
    };
    let made = false;
    const publish = async () => {
      const url = made ? '/v1/notices/terms/versions' : '/v1/notices';
      const { body } = await given.call('POST', url, { key: world.secretKey, body: made ? TERMS : { key: 'terms', ...TERMS } });
      const id = made ? body.id : body.versions[0].id;
      made = true;
      return id;
    };
    const acknowledge: Terms['acknowledge'] = async (who, noticeVersionId, claims) => {
      const stated = who === 'key' ? { actor: { externalId: 'client-1', role: 'invitee' }, room: ROOM } : {};
      const answer = await post('/v1/acknowledgements', who, { noticeVersionId, locale: 'en', ...stated }, claims);
      if (answer.status !== 201) throw new Error(answer.text);
      return answer.body.id;
    };
    await use({ given, world, token, post, publish, acknowledge });
  });
}
