import { beforeAll, describe, expect, test } from 'vitest';
import { shareApp } from '../helpers/share-app.ts';
import { makeWorld } from '../helpers/world.ts';
import { type FullWorld, makeFullWorld, type Request, REQUESTS } from './requests.ts';

/** Bodies are taken as they are: what is wrong is said by field, and nothing is written. */
const app = shareApp();
let world: FullWorld;
beforeAll(async () => {
  world = await makeFullWorld(app(), await makeWorld(app()));
});

function send(request: Request, body: unknown, headers: Record<string, string> = {}) {
  return app().call(request.method, request.urlOf(world), { key: request.keyOf(world), body, headers });
}

describe.each(REQUESTS.map((request) => [request.name, request] as const))('%s', (_name, request) => {
  test('takes every field the contract names', async () => {
    const fresh = await makeFullWorld(app(), await makeWorld(app()));
    const answer = await app().call(request.method, request.urlOf(fresh), { key: request.keyOf(fresh), body: request.bodyOf(fresh) });
    expect(answer.text).not.toContain('validation_failed');
    expect(answer.status).toBe(request.status);
  });

  test('names each field it misses', async () => {
    const full = request.bodyOf(world);
    for (const name of request.required) {
      const { [name]: _left, ...rest } = full;
      expectIssue(await send(request, rest), name, 'is required');
    }
  });

  test('names a field it does not know, at the top and inside', async () => {
    const full = request.bodyOf(world);
    expectIssue(await send(request, { ...full, colour: 'red' }), 'colour', 'is not a known field');
    for (const [name, value] of Object.entries(full)) {
      if (!isObject(value) || FREE.has(name)) continue;
      expectIssue(await send(request, { ...full, [name]: { ...value, colour: 'red' } }), `${name}.colour`, 'is not a known field');
    }
  });

  test('refuses a wrong type in every field by name, and never reads "30" as 30', async () => {
    const full = request.bodyOf(world);
    for (const [name, value] of Object.entries(full)) {
      const answer = await send(request, { ...full, [name]: wrongTypeOf(value) });
      expect(answer.status, `${name}: ${answer.text}`).toBe(400);
      expect(pathsOf(answer), name).toContain(name);
      if (typeof value === 'number') expect((await send(request, { ...full, [name]: String(value) })).status, name).toBe(400);
      if (typeof value === 'number') expect((await send(request, { ...full, [name]: value + 0.5 })).status, name).toBe(400);
      if (typeof value === 'number') expect((await send(request, { ...full, [name]: 1e12 })).status, name).toBe(400);
      if (typeof value === 'number') expect((await send(request, { ...full, [name]: -1 })).status, name).toBe(400);
    }
  });

  test('refuses NUL, half a surrogate pair and endless text by the name of the field', async () => {
    const full = request.bodyOf(world);
    for (const [name, value] of Object.entries(full)) {
      if (typeof value !== 'string') continue;
      for (const text of ['a\0b', 'a\ud800b', 'x'.repeat(200_000)]) {
        const answer = await send(request, { ...full, [name]: text });
        expect(answer.status, `${name} ${text.slice(0, 5)}: ${answer.text.slice(0, 200)}`).toBe(400);
        expect(pathsOf(answer), name).toContain(name);
      }
    }
  });

  test('refuses what is no JSON, what is no object, and another content type', async () => {
    for (const text of ['{"a":', 'nonsense', '[]', '7', 'null', '"text"']) {
      const answer = await send(request, text, { 'content-type': 'application/json' });
      expect(answer.status, `${text}: ${answer.text}`).toBe(400);
      expect(answer.body.code).toBe('validation_failed');
      expect(answer.headers['content-type']).toContain('application/problem+json');
    }
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=a']) {
      const answer = await send(request, 'a=b', { 'content-type': type });
      expect(answer, type).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    }
  });

  test('refuses what is nested without an end', async () => {
    const deep = (levels: number, open: string, close: string) => `${open.repeat(levels)}1${close.repeat(levels)}`;
    for (const text of [deep(20_000, '{"a":', '}'), `{"name":${deep(50_000, '[', ']')}}`, '['.repeat(100_000)]) {
      const answer = await send(request, text, { 'content-type': 'application/json' });
      expect(answer, `${text.slice(0, 12)}: ${answer.text.slice(0, 200)}`).toMatchObject({
        status: 400,
        body: { code: 'validation_failed' },
      });
      expect(answer.text.length).toBeLessThan(2000);
    }
  });

  test('refuses a body over its limit with 413', async () => {
    const bytes = request.name.endsWith('/compute') ? 24 * 1024 * 1024 : 1024 * 1024;
    const answer = await send(request, `{"a":"${'x'.repeat(bytes)}"}`, { 'content-type': 'application/json' });
    expect(answer).toMatchObject({ status: 413, body: { code: 'payload_too_large', status: 413 } });
  });

  test('asks for a credential, and refuses one it does not know', async () => {
    const body = request.bodyOf(world);
    const url = request.urlOf(world);
    for (const key of [null, 'sk_live_wrong', 'pk_wrong', 'mt_wrong', 'nonsense']) {
      const answer = await app().call(request.method, url, { key, body });
      expect(answer, String(key)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
  });
});

/** Objects whose keys the caller chooses. */
const FREE = new Set(['metadata', 'answers', 'text', 'label', 'fallback']);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrongTypeOf(value: unknown): unknown {
  if (typeof value === 'string') return 7;
  if (typeof value === 'number') return 'seven';
  if (typeof value === 'boolean') return 'true';
  return Array.isArray(value) ? { 0: 'a' } : value === null ? [] : 'text';
}

function pathsOf(answer: { body: { issues?: { path: string }[] } }): string[] {
  return (answer.body.issues ?? []).map(({ path }) => path);
}

function expectIssue(
  answer: { status: number; text: string; body: { code: string; issues: unknown[] } },
  path: string,
  message: string,
): void {
  expect(answer.status, answer.text).toBe(400);
  expect(answer.body.code).toBe('validation_failed');
  expect(answer.body.issues).toContainEqual({ path, message });
}
