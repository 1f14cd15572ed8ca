import { describe, expect, it } from 'vitest';
import { createVault, sha256Base64url } from '../../server/adapters/crypto.ts';
import { randomIds } from '../../server/adapters/ids.ts';
import { lookUpHash, makeBookingTokens, openPartyTokens, tenantOfToken } from '../../server/flows/booking-tokens.ts';
import type { Deps } from '../../server/flows/deps.ts';

const oldKey = new Uint8Array(32).fill(7);
const withKeys = (...keys: Uint8Array[]) => ({ ids: randomIds, vault: createVault(keys) }) as unknown as Deps;
const deps = withKeys(oldKey);
const tenantId = randomIds.next('ten');

describe('tokens of a booking', () => {
  const { rows } = makeBookingTokens(deps, tenantId, 'bkg_1', ['host_1', 'host_2']);
  /** As the table gives it back. */
  const [{ made: { manage, file }, ...kept } = expect.fail('no tokens')] = rows;

  it('are all different, and name the tenant', () => {
    expect(rows).toHaveLength(3);
    const all = rows.flatMap(({ made }) => [made.manage, made.file]);
    expect(new Set(all).size).toBe(6);
    for (const token of all) expect(tenantOfToken(token)).toBe(tenantId);
    expect(manage).toMatch(/^mt_[\w-]{58}$/);
    expect(file).toMatch(/^ft_[\w-]{58}$/);
    expect(new Set(rows.map(({ made }) => lookUpHash(made))).size).toBe(3);
  });

  it('are read back from what the table keeps, which holds neither of them', () => {
    for (const { made, ...rest } of rows) {
      expect(openPartyTokens(deps, [rest])).toEqual(made);
      expect(`${rest.token.toString('latin1')} ${lookUpHash(made)}`).not.toContain(made.manage.slice(-16));
    }
  });

  it('do not follow from one another: another booking of the same people has others, and so has the same one made again', () => {
    for (const bookingId of ['bkg_1', 'bkg_2']) {
      const { rows: others } = makeBookingTokens(deps, tenantId, bookingId, ['host_1', 'host_2']);
      expect(others.map(({ made }) => made.manage)).not.toContain(manage);
    }
  });

  it('are not to be had in another booking or another tenant', () => {
    expect(openPartyTokens(deps, [{ ...kept, booking_id: 'bkg_2' }]).manage).not.toBe(manage);
    expect(openPartyTokens(deps, [{ ...kept, tenant_id: randomIds.next('ten') }]).manage?.slice(-32)).not.toBe(manage.slice(-32));
  });

  it('are the same after the key has been rotated, and not to be had without the old one', () => {
    const newKey = new Uint8Array(32).fill(8);
    expect(openPartyTokens(withKeys(newKey, oldKey), [kept])).toEqual({ manage, file });
    expect(() => openPartyTokens(withKeys(newKey), [kept])).toThrow('SECRET_KEY');
  });

  it('open when each was kept in a row of its own: sealed as it is, or as the seed it was drawn from', () => {
    const alone = (kind: 'manage' | 'file', plain: string) => ({ ...kept, kind, token: deps.vault.seal(plain, `token:${tenantId}:bkg_1`) });
    expect(openPartyTokens(deps, [alone('file', 'ft_old'), alone('manage', 'mt_old')])).toEqual({ manage: 'mt_old', file: 'ft_old' });
    const seed = 's'.repeat(32);
    const drawn = (kind: string) => `${tenantId.slice(4)}${sha256Base64url(`${seed} ${kind} invitee `).slice(0, 32)}`;
    expect(openPartyTokens(deps, [alone('manage', seed), alone('file', seed)])).toEqual({
      manage: `mt_${drawn('manage')}`,
      file: `ft_${drawn('file')}`,
    });
    expect(openPartyTokens(deps, [])).toEqual({ manage: null, file: null });
  });
});
