import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { readGatewayInbound } from '../../../server/adapters/sms/read-gateway-inbound.ts';
import { readTwilioInbound, writeTwilioReply } from '../../../server/adapters/sms/read-twilio-inbound.ts';

describe('readTwilioInbound', () => {
  // The example of Twilio's own documentation (Security, "Validating signatures").
  const documented = {
    authToken: '12345',
    url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
    form: new URLSearchParams({
      CallSid: 'CA1234567890ABCDE',
      Caller: '+14158675310',
      Digits: '1234',
      From: '+14158675310',
      To: '+18005551212',
    }),
    signature: 'GvWf1cFY/Q7PnoempGyD5oXAezc=',
  };

  it('accepts the signature that Twilio documents', () => {
    expect(readTwilioInbound(documented)).toEqual({ ok: false, reason: 'malformed' }); // signed well, but a call and no SMS
  });

  it.each([
    ['another signature', { signature: 'GvWf1cFY/Q7PnoempGyD5oXAezd=' }],
    ['none', { signature: undefined }],
    ['a short one', { signature: 'x' }],
    ['another address', { url: 'https://mycompany.com/myapp.php?foo=1' }],
    ['another token', { authToken: '12346' }],
    ['another field', { form: new URLSearchParams([...documented.form, ['Body', 'STOP']]) }],
  ])('refuses %s', (_name, change) => {
    expect(readTwilioInbound({ ...documented, ...change })).toEqual({ ok: false, reason: 'bad_signature' });
  });

  it('reads who wrote what, and whether the carrier has answered', () => {
    const form = new URLSearchParams({ MessageSid: 'SM1', From: '+14155550123', Body: 'STOP', OptOutType: 'STOP' });
    // HMAC-SHA1 of the address and "BodySTOPFrom+14155550123MessageSidSM1OptOutTypeSTOP", made with openssl.
    const signature = '9o/IFZuHQiyebir1NXRv9+J7MzU=';
    expect(readTwilioInbound({ authToken: '12345', url: 'https://p.example/v1/sms/inbound/twilio', form, signature })).toEqual({
      ok: true,
      sms: { providerId: 'SM1', from: '+14155550123', text: 'STOP', answered: true },
    });
  });

  it('answers in XML that no text can break', () => {
    expect(writeTwilioReply(null)).toBe('<?xml version="1.0" encoding="UTF-8"?><Response></Response>');
    expect(writeTwilioReply('</Message><a> & "b"\u0000')).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Response><Message>&#60;/Message&#62;&#60;a&#62; &#38; &#34;b&#34;</Message></Response>',
    );
  });
});

describe('readGatewayInbound', () => {
  const NOW = Date.UTC(2026, 9, 20, 12);
  const token = 'a gateway token';
  const signed = (body: string, atMs = NOW, key = token): Parameters<typeof readGatewayInbound>[0] => ({
    token,
    body,
    nowMs: NOW,
    headers: {
      id: 'in_1',
      timestamp: String(Math.floor(atMs / 1000)),
      signature: `v1,AAAA ${new Webhook(key, { format: 'raw' }).sign('in_1', new Date(atMs), body)}`,
    },
  });
  const body = JSON.stringify({ id: 'g1', from: '+14155550123', text: 'Stop' });

  it('reads a signed message', () => {
    expect(readGatewayInbound(signed(body))).toEqual({
      ok: true,
      sms: { providerId: 'g1', from: '+14155550123', text: 'Stop', answered: false },
    });
  });

  it.each([
    ['signed with another key', signed(body, NOW, 'other')],
    ['older than five minutes', signed(body, NOW - 301_000)],
    ['from the future', signed(body, NOW + 301_000)],
    ['changed on the way', { ...signed(body), body: body.replace('Stop', 'Start') }],
    ['without a signature', { ...signed(body), headers: { ...signed(body).headers, signature: undefined } }],
    ['with a timestamp that is none', { ...signed(body), headers: { ...signed(body).headers, timestamp: '1e9' } }],
  ])('refuses one that is %s', (_name, inbound) => {
    expect(readGatewayInbound(inbound)).toEqual({ ok: false, reason: 'bad_signature' });
  });

  it.each(['', 'null', '[]', '{"id":"1","from":"+1"}', '{"id":1,"from":"+1","text":"x"}'])('says %j is malformed', (bad) => {
    expect(readGatewayInbound(signed(bad))).toEqual({ ok: false, reason: 'malformed' });
  });
});
