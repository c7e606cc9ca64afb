// GET over plain sockets, as light as can be: a generator that costs more than the server it loads would measure itself.
import net from 'node:net';

export type RawAnswer = { status: number; head: string; body: Buffer };
export type RawClient = { get(path: string): Promise<RawAnswer>; close(): void };

const headEnd = Buffer.from('\r\n\r\n');

/** One connection that stays open; one request at a time. */
export async function openRaw(url: string, headers: Readonly<Record<string, string>>): Promise<RawClient> {
  const { hostname, port } = new URL(url);
  const socket = net.connect({
    host: hostname === 'localhost' ? '127.0.0.1' : hostname,
    port: Number(port),
    noDelay: true,
  });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  const lines = Object.entries({ host: `${hostname}:${port}`, ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const rest = ` HTTP/1.1\r\n${lines.join('')}\r\n`;
  let waiting: { resolve(answer: RawAnswer): void; reject(error: Error): void } | undefined;
  let got: Buffer = Buffer.alloc(0);
  const fail = (error: Error): void => {
    waiting?.reject(error);
    waiting = undefined;
  };
  socket.on('error', fail).on('close', () => fail(new Error('the connection was closed')));
  socket.on('data', (piece: Buffer) => {
    got = got.length === 0 ? piece : Buffer.concat([got, piece]);
    const at = got.indexOf(headEnd);
    if (at < 0) return;
    const head = got.toString('latin1', 0, at);
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (got.length < at + 4 + length) return;
    const answer = { status: Number(head.slice(9, 12)), head, body: got.subarray(at + 4, at + 4 + length) };
    got = Buffer.alloc(0);
    const asked = waiting;
    waiting = undefined;
    asked?.resolve(answer);
  });
  return {
    get: (path) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(`GET ${path}${rest}`);
      }),
    close: () => socket.destroy(),
  };
}
