import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { MailMessage } from '../../../server/adapters/mail/mailer.ts';
import { createSmtpMailer, SMTP_DEFAULTS } from '../../../server/adapters/mail/smtp-mailer.ts';
import { withSmtpServer } from './with-smtp-server.ts';

const settings = { ...SMTP_DEFAULTS, from: { name: 'Parley', address: 'meetings@parley.example' } };
const message: MailMessage = {
  id: 'msg_1',
  to: { name: 'Zoe', address: 'zoe@client.example' },
  fromName: null,
  replyTo: null,
  subject: 'Hello',
  text: 'Hello\n',
  html: '<p>Hello</p>',
  invitation: null,
  unsubscribeUrl: null,
};

const answer = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

describe('a refusal by the server', () => {
  it.each([
    ['of an unknown recipient', 550, '5.1.1 no such user zoe@client.example', true],
    ['of a full mailbox, which people empty', 552, '5.2.2 mailbox full', false],
    ['for now (greylisting)', 451, '4.7.1 try again later', false],
    ['because it is busy', 421, 'too many connections', false],
  ])('%s: %d is permanent: %s', async (_name, code, text, permanent) => {
    await withSmtpServer({ onRcptTo: (_address, _session, done) => done(answer(code, text)) }, async ({ url, received }) => {
      const mailer = createSmtpMailer({ ...settings, url });
      const outcome = await mailer.send(message);
      await mailer.close();
      expect(outcome).toMatchObject({ ok: false, permanent });
      expect(JSON.stringify(outcome)).not.toContain('zoe@');
      expect(received).toEqual([]);
    });
  });

  it('of the text is permanent, of the text for now is not', async () => {
    for (const [code, permanent] of [
      [554, true],
      [452, false],
    ] as const) {
      const options = {
        onData: (stream: NodeJS.ReadableStream, _session: unknown, done: (error: Error) => void) => {
          stream.resume();
          stream.on('end', () => done(answer(code, 'no')));
        },
      };
      await withSmtpServer(options, async ({ url }) => {
        const mailer = createSmtpMailer({ ...settings, url });
        expect(await mailer.send(message)).toMatchObject({ ok: false, permanent });
        await mailer.close();
      });
    }
  });

  it('of our password is not permanent, because the message is not to blame', async () => {
    const options = {
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth: unknown, _session: unknown, done: (error: Error) => void) => done(answer(535, 'wrong password')),
    };
    await withSmtpServer(options, async ({ url }) => {
      const mailer = createSmtpMailer({ ...settings, url: url.replace('smtp://', 'smtp://user:secret@') });
      const outcome = await mailer.send(message);
      await mailer.close();
      expect(outcome).toMatchObject({ ok: false, permanent: false });
      expect(JSON.stringify(outcome)).not.toContain('secret');
    });
  });
});

describe('a server that is not well', () => {
  async function withSocketServer(onSocket: (socket: Socket) => void, callback: (url: string) => Promise<void>): Promise<void> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      onSocket(socket);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    try {
      await callback(`smtp://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      for (const socket of sockets) socket.destroy();
      server.close();
    }
  }

  it('and says nothing is given up after the time-out, for now', async () => {
    await withSocketServer(
      () => undefined,
      async (url) => {
        const mailer = createSmtpMailer({ ...settings, url, stepTimeoutMs: 100 });
        const outcome = await mailer.send(message);
        await mailer.close();
        expect(outcome).toMatchObject({ ok: false, permanent: false });
      },
    );
  });

  it('and closes at once costs one more try inside, then the queue decides', async () => {
    let connections = 0;
    await withSocketServer(
      (socket) => {
        connections += 1;
        socket.destroy();
      },
      async (url) => {
        const mailer = createSmtpMailer({ ...settings, url });
        expect(await mailer.send(message)).toMatchObject({ ok: false, permanent: false });
        await mailer.close();
        expect(connections).toBeLessThanOrEqual(2);
      },
    );
  });

  it('and is not there at all is a failure for now', async () => {
    let closedUrl = '';
    await withSocketServer(
      () => undefined,
      (url) => {
        closedUrl = url;
        return Promise.resolve();
      },
    );
    const mailer = createSmtpMailer({ ...settings, url: closedUrl });
    expect(await mailer.send(message)).toMatchObject({ ok: false, permanent: false });
    await mailer.close();
  });

  it('and stalls in the middle cannot hold a message longer than it may take', async () => {
    await withSocketServer(
      (socket) => {
        socket.write('220 hello\r\n');
        const drip = setInterval(() => socket.write('250-still thinking\r\n'), 20);
        socket.on('close', () => clearInterval(drip));
      },
      async (url) => {
        const mailer = createSmtpMailer({ ...settings, url, messageTimeoutMs: 200 });
        expect(await mailer.send(message)).toMatchObject({ ok: false, permanent: false });
        await mailer.close();
      },
    );
  });
});

describe('the pool', () => {
  it('sends a hundred messages over a few connections, each once', async () => {
    await withSmtpServer({}, async ({ url, received, connections }) => {
      const mailer = createSmtpMailer({ ...settings, url, maxConnections: 3 });
      const outcomes = await Promise.all(Array.from({ length: 100 }, (_, index) => mailer.send({ ...message, id: `msg_${index}` })));
      await mailer.close();
      expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
      expect(new Set(received.map((mail) => /^Message-ID: (.*)$/im.exec(mail.raw)?.[1])).size).toBe(100);
      expect(received).toHaveLength(100);
      expect(connections()).toBeLessThanOrEqual(3);
    });
  });
});
