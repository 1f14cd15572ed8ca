/** Standard Webhooks asks for 24 to 64 bytes. */
export const WEBHOOK_SECRET_BYTES = 32;

/** A signing secret, `whsec_` and base64, from random bytes. Fewer than 24 or more than 64 throw. */
export function newWebhookSecret(randomBytes: Uint8Array): string {
  if (randomBytes.length < 24 || randomBytes.length > 64) throw new RangeError('webhook: a secret has 24 to 64 bytes');
  return `whsec_${Buffer.from(randomBytes).toString('base64')}`;
}
