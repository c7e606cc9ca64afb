// Requests that never reach the app: not HTTP, or an address or header over Node's limit. They get words too, never a blank.
import type { Duplex } from 'node:stream';

const page = (vi: string, en: string): string =>
  `<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
  `<title>${vi}</title><h1>${vi}</h1><p lang="en">${en}</p><p><a href="/check">Gõ mã trên tem · Type the code of the label</a></p></html>`;

const answers = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    body: page('Địa chỉ này dài quá nên không đọc được.', 'This address is too long to be read.'),
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: '408 Request Timeout',
    body: page('Yêu cầu gửi lâu quá. Gửi lại.', 'The request took too long. Send it again.'),
  },
  other: {
    status: '400 Bad Request',
    body: page('Yêu cầu này không đọc được.', 'This request can’t be read.'),
  },
} as const;

/** For a server's 'clientError': answers on the bare connection and closes it. */
export function answerUnreadable(error: NodeJS.ErrnoException, connection: Duplex): void {
  // Nobody listens any more.
  if (error.code === 'ECONNRESET' || !connection.writable) {
    connection.destroy();
    return;
  }
  const { status, body } =
    error.code !== undefined && Object.hasOwn(answers, error.code)
      ? answers[error.code as keyof typeof answers]
      : answers.other;
  connection.end(
    `HTTP/1.1 ${status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `Content-Security-Policy: default-src 'none'\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n${body}`,
  );
}
