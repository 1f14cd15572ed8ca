const LOCAL_PART = /^[^\s\p{Cc}\p{Cf}()<>@,;:\\"[\]]{1,64}$/u;
const DOMAIN =
  /^(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)*[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;

/**
 * Whether this is one plain mail address, fit to be handed to an SMTP server: `local@domain` of at most 254 octets, international ones
 * (RFC 6531) included. No display name, list, group, comment, quoted part, address literal, space or control character: a CR or LF, or
 * a comma, would add recipients.
 */
export function isMailAddress(address: string): boolean {
  if (new TextEncoder().encode(address).length > 254) return false;
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  return at > 0 && LOCAL_PART.test(local) && !/^\.|\.\.|\.$/.test(local) && DOMAIN.test(address.slice(at + 1));
}
