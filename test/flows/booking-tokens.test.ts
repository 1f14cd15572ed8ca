import { describe, expect, it } from 'vitest';
import { createVault, sha256Hex } from '../../server/adapters/crypto.ts';
import { randomIds } from '../../server/adapters/ids.ts';
import { makeBookingTokens, openBookingToken, tenantOfToken } from '../../server/flows/booking-tokens.ts';
import type { Deps } from '../../server/flows/deps.ts';

const deps = { ids: randomIds, vault: createVault([new Uint8Array(32).fill(7)]) } as unknown as Deps;
const tenantId = randomIds.next('ten');

describe('tokens of a booking', () => {
  const { tokens: made } = makeBookingTokens(deps, tenantId, 'bkg_1', ['host_1', 'host_2']);

  it('are all different, name the tenant, and are looked up by their hash', () => {
    expect(new Set(made.map(({ token }) => token)).size).toBe(6);
    for (const { token, hash, row } of made) {
      expect(token).toMatch(row.kind === 'manage' ? /^mt_[\w-]{58}$/ : /^ft_[\w-]{58}$/);
      expect(tenantOfToken(token)).toBe(tenantId);
      expect(hash).toBe(sha256Hex(token));
    }
  });

  it('are read back from what the table keeps', () => {
    for (const { token, row } of made) expect(openBookingToken(deps, { ...row })).toBe(token);
  });

  it('do not follow from one another: another booking of the same people has others', () => {
    const { tokens: others } = makeBookingTokens(deps, tenantId, 'bkg_1', ['host_1', 'host_2']);
    expect(others.map(({ token }) => token)).not.toContain(made[0]?.token);
  });

  it('open when they were kept before there were seeds', () => {
    const [{ token, row } = expect.fail('no token')] = made;
    const old = { ...row, token: deps.vault.seal(token, `token:${tenantId}:bkg_1`) };
    expect(openBookingToken(deps, old)).toBe(token);
  });

  it('do not open in another booking', () => {
    const [{ row } = expect.fail('no token')] = made;
    expect(() => openBookingToken(deps, { ...row, booking_id: 'bkg_2' })).toThrow();
  });
});
