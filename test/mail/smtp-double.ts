import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A small SMTP server on loopback: keeps what it was given, refuses what it is told to. */
export async function startSmtp(): Promise<{
  url: string;
  port: number;
  mails: { to: string; data: string }[];
  /** Answer to the next recipients, for example `550 no such user`; undefined accepts. */
  refuseWith(reply: string | undefined): void;
  close(): void;
}> {
  const mails: { to: string; data: string }[] = [];
  let refusal: string | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    let to = '';
    let data: string | undefined;
    let rest = '';
    const say = (line: string) => socket.write(`${line}\r\n`);
    const line = (text: string) => {
      if (data !== undefined) {
        if (text === '.') {
          mails.push({ to, data });
          data = undefined;
          say('250 taken');
        } else data += `${text}\n`;
      } else if (/^(EHLO|HELO)/i.test(text)) say('250 localhost');
      else if (/^RCPT TO/i.test(text)) {
        to = /<(.*)>/.exec(text)?.[1] ?? '';
        say(refusal ?? '250 ok');
      } else if (/^DATA/i.test(text)) {
        data = '';
        say('354 go on');
      } else if (/^QUIT/i.test(text)) {
        say('221 bye');
        socket.end();
      } else say('250 ok');
    };
    socket.on('data', (chunk) => {
      const parts = (rest + chunk.toString()).split('\r\n');
      rest = parts.pop() ?? '';
      parts.forEach(line);
    });
    say('220 localhost ready');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    mails,
    refuseWith: (reply) => (refusal = reply),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
