// Requests over connections that stay open, as many as there are clients.
import http from 'node:http';

export type Sent = { method: 'GET' | 'POST'; path: string; json?: unknown; headers?: Record<string, string> };
export type Answer = { status: number; headers: http.IncomingHttpHeaders; body: Buffer };

/** After `close` every request fails at once. */
export type Http = { send(sent: Sent): Promise<Answer>; close(): void };

/** `url` without a slash at the end; at most `sockets` connections at once. */
export function openHttp(url: string, sockets: number): Http {
  const agent = new http.Agent({ keepAlive: true, maxSockets: sockets });
  const { hostname, port } = new URL(url);
  let isClosed = false;
  const send = ({ method, path, json, headers = {} }: Sent): Promise<Answer> =>
    new Promise((resolve, reject) => {
      if (isClosed) throw new Error('the connections were closed');
      const body = json === undefined ? undefined : Buffer.from(JSON.stringify(json));
      const content = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': body.length };
      const request = http.request({ agent, hostname, port, method, path, headers: { ...headers, ...content } });
      request.on('error', reject);
      request.on('response', (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) }),
        );
      });
      request.end(body);
    });
  const close = (): void => {
    isClosed = true;
    agent.destroy();
  };
  return { send, close };
}

/** Throws an Error that shows the beginning of the answer when its status is another one. */
export function requireStatus(answer: Answer, status: number, what: string): Answer {
  if (answer.status === status) return answer;
  throw new Error(`${what}: ${answer.status} ${answer.body.subarray(0, 300).toString('utf8')}`);
}
