import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';

/** A mail server in a process of its own that takes everything at once. Prints its port, and when standard input ends how many mails came and how many different ones. */
const ids: string[] = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, _session, done) {
    let head = '';
    stream.on('data', (chunk: Buffer) => {
      if (head.length < 4000) head += chunk.toString('latin1');
    });
    stream.on('end', () => {
      ids.push(/^message-id: *(.*)$/im.exec(head)?.[1] ?? '');
      done();
    });
  },
});
server.on('error', () => undefined);
server.listen(0, '127.0.0.1', () => console.log((server.server.address() as AddressInfo).port));
await text(process.stdin);
console.log(JSON.stringify({ mails: ids.length, different: new Set(ids).size }));
process.exit();
