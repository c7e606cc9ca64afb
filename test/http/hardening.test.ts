// What an attacker tries that no feature's own test keeps: slow connections, forged requests, redirects to elsewhere, too much of everything,
// operators where values belong, and secrets that end in the log.
import type http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { expect } from 'chai';
import { createApp } from '../../src/app.ts';
import { makeServer, patience } from '../../src/http/server.ts';
import { makeLog } from '../../src/log.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aLabelledLot } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { pictureBombs } from '../support/bombs.ts';
import { aPerson, aSignedInBrowser } from '../support/factories.accounts.ts';
import { aStep } from '../support/factories.batches.ts';
import { anAdmin, uuidv7 } from '../support/factories.ts';

const portOf = (server: http.Server): number => (server.address() as AddressInfo).port;
const listening = (server: http.Server): Promise<void> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

describe('a client that is slow on purpose', () => {
  const short = { headersMs: 300, requestMs: 600, keepAliveMs: 200, checkEveryMs: 50 };
  let server: http.Server;
  before(async () => {
    server = makeServer(short);
    server.on('request', (req, res) => void req.resume().on('end', () => res.end('ok')));
    await listening(server);
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  /** What comes back until the server ends the connection, while `send` goes on. */
  const untilCut = (send: (socket: net.Socket) => () => void): Promise<string> =>
    new Promise((resolve) => {
      const socket = net.connect(portOf(server), '127.0.0.1');
      const stop = send(socket);
      let got = '';
      socket.setEncoding('utf8');
      socket.on('data', (part: string) => (got += part));
      socket.on('error', () => undefined);
      socket.on('close', () => {
        stop();
        resolve(got);
      });
    });
  const byteByByte = (text: string) => (socket: net.Socket) => {
    let at = 0;
    const timer = setInterval(() => socket.writable && socket.write(text[at++ % text.length] ?? 'x'), 20);
    return () => clearInterval(timer);
  };

  it('by sending headers byte by byte is answered 408 and cut', async () => {
    const got = await untilCut(byteByByte(`GET / HTTP/1.1\r\nX: ${'a'.repeat(5000)}`));

    expect(got)
      .to.match(/^HTTP\/1\.1 408 /)
      .and.include('Yêu cầu gửi lâu quá');
  });

  it('by sending nothing at all is cut', async () => {
    const got = await untilCut(() => () => undefined);

    expect(got).to.match(/^$|^HTTP\/1\.1 408 /);
  });

  it('by never ending a body is cut', async () => {
    const got = await untilCut((socket) => {
      socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n');
      return byteByByte('a')(socket);
    });

    expect(got).to.match(/^HTTP\/1\.1 408 /);
  });

  it('by holding a connection without a request loses it', async () => {
    const got = await untilCut((socket) => {
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
      return () => undefined;
    });

    expect(got).to.match(/^HTTP\/1\.1 200 /);
  });

  it('meets the limits that the product sets', () => {
    const usual = makeServer();

    expect(usual.headersTimeout).to.equal(patience.headersMs).and.to.be.at.most(60_000);
    expect(usual.requestTimeout).to.equal(patience.requestMs).and.to.be.at.most(300_000);
    expect(usual.keepAliveTimeout).to.equal(patience.keepAliveMs);
  });
});

describe('hostile requests', function () {
  this.timeout(60_000);
  let app: TestApp;
  let lot: LabelledLot;
  before(async () => {
    app = await testApp();
    lot = await aLabelledLot(app);
  });
  after(() => app.close());

  describe('that another site makes a signed-in browser send', () => {
    const writes = [
      {
        what: 'a form',
        path: () => `/app/producers/${lot.producer.id}/consents`,
        type: 'application/x-www-form-urlencoded',
        body: 'a=b',
      },
      {
        what: 'JSON to the API',
        path: () => `/api/v1/producers/${lot.producer.id}/consents`,
        type: 'application/json',
        body: '{}',
      },
      {
        what: 'JSON dressed as text',
        path: () => `/api/v1/producers/${lot.producer.id}/consents`,
        type: 'text/plain',
        body: '{}',
      },
      { what: 'a sign-out', path: () => '/api/v1/sign-out', type: 'application/json', body: '{}' },
    ];
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { referer: 'https://evil.example/page' },
      {},
    ];
    for (const { what, path, type, body } of writes) {
      it(`${what} is refused, wherever it says it comes from and when it doesn’t say`, async () => {
        const cookie = `access=${await app.as(lot.owner).token()}`;
        const send = (headers: Record<string, string>) =>
          fetch(app.url + path(), {
            method: 'POST',
            redirect: 'manual',
            body,
            headers: { 'content-type': type, ...headers },
          });

        for (const headers of foreign) {
          const answer = await send({ cookie, accept: 'application/json', ...headers });
          expect(answer.status, JSON.stringify(headers)).to.equal(403);
          expect(await answer.text()).to.include('foreign-origin');
        }
        expect((await app.as(lot.owner).get('/api/v1/me')).status).to.equal(200);
      });
    }

    it('is told apart from our own pages, also in browsers that say less, and from programs with a token', async () => {
      const token = await app.as(lot.owner).token();
      const path = `${app.url}/api/v1/producers/${lot.producer.id}/consents`;
      const send = (headers: Record<string, string>) =>
        fetch(path, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', ...headers } });
      const cookie = `access=${token}`;

      const own = [
        await send({ cookie, origin: app.url }),
        await send({ cookie, referer: `${app.url}/app` }),
        await send({ cookie, 'sec-fetch-site': 'same-origin' }),
        await send({ authorization: `Bearer ${token}` }),
        await send({ authorization: `Bearer ${token}`, origin: 'https://partner.example' }),
      ];

      // The body is wrong on purpose: it was read, so the door was open.
      expect(own.map(({ status }) => status)).to.deep.equal([422, 422, 422, 422, 422]);
    });
  });

  describe('that would lead elsewhere', () => {
    const targets = [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      '/%0d%0aX-Evil: 1',
      '\r\nX-Evil: 1',
      'javascript:alert(1)',
      '/%09/evil.example',
    ];
    const pages = [
      '/',
      '/check',
      '/sign-in',
      '/sign-in/second-factor',
      '/sign-out',
      '/app',
      '/app/me',
      '/office',
      '/admin',
      '/privacy',
      '/recalls',
      '/sign-up',
    ];

    it('by next, back, url or a language stay here, whoever asks', async () => {
      const person = await aPerson(app);
      const signedIn = await aSignedInBrowser(app, person);
      let redirects = 0;
      for (const target of targets) {
        for (const page of pages) {
          const query = ['next', 'back', 'url', 'return', 'lang'].map(
            (name) => `${name}=${encodeURIComponent(target)}`,
          );
          const address = `${page}?${query.join('&')}`;
          const answers = [await signedIn.get(address), await app.as(undefined).page(address)];
          for (const { status, text, headers } of answers) {
            const location = headers.get('location');
            expect(status, address).to.be.lessThan(500);
            expect(headers.get('x-evil'), address).to.equal(null);
            if (location !== null) {
              redirects += 1;
              expect(new URL(location, app.url).origin, address).to.equal(app.url);
            }
            expect(text, address).to.not.match(/(href|action|src)="\s*(\/[/\\]|https?:\/\/evil|javascript:)/i);
          }
        }
      }

      expect(redirects).to.be.greaterThan(20);
    });
  });

  describe('with too much of something', () => {
    const raw = (text: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const socket = net.connect(Number(new URL(app.url).port), '127.0.0.1', () => socket.write(text));
        let got = '';
        socket.on('data', (part) => (got += part.toString('latin1')));
        socket.on('error', reject);
        socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(got)?.[1])));
      });

    it('get 431, 413 or 400, and never a fault', async () => {
      const token = await app.as(lot.owner).token();
      const head = 'Host: x\r\nConnection: close\r\n';
      const headers = `X-Long: ${'a'.repeat(20_000)}\r\n`;
      const many = Array.from({ length: 5000 }, (_, n) => `X${n}: ${n}\r\n`).join('');
      const client = app.as(lot.owner);
      const form = (body: string) =>
        fetch(`${app.url}/sign-in`, {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        });

      expect(await raw(`GET / HTTP/1.1\r\n${head}${headers}\r\n`)).to.equal(431);
      expect(await raw(`GET / HTTP/1.1\r\n${head}${many}\r\n`)).to.equal(431);
      expect(await raw(`GET /${'a'.repeat(20_000)} HTTP/1.1\r\n${head}\r\n`)).to.equal(431);
      expect(await raw(`GET /?${'a=1&'.repeat(3000)} HTTP/1.1\r\n${head}\r\n`)).to.equal(200);
      expect((await client.post('/api/v1/sign-in', { login: 'x'.repeat(200_000) })).status).to.equal(413);
      expect((await client.post('/api/v1/sign-in', `${'['.repeat(40_000)}${']'.repeat(40_000)}`)).status).to.be.oneOf([
        400, 422,
      ]);
      expect((await form('a=1&'.repeat(300))).status).to.equal(413);
      expect((await form(`login=${'x'.repeat(200_000)}`)).status).to.equal(413);
      const lie = await fetch(`${app.url}/api/v1/sign-in`, {
        method: 'POST',
        body: 'no gzip',
        headers: { 'content-type': 'application/json', 'content-encoding': 'gzip', authorization: `Bearer ${token}` },
      });
      expect(lie.status).to.equal(400);
    });

    it('unpack to no more than the limit', async () => {
      const { gzipSync } = await import('node:zlib');

      const answer = await fetch(`${app.url}/api/v1/sign-in`, {
        method: 'POST',
        body: new Uint8Array(gzipSync(JSON.stringify({ login: 'x'.repeat(50_000_000) }))),
        headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      });

      expect(answer.status).to.equal(413);
    });
  });

  it('with an operator where a value belongs find nothing and change nothing: body, form, query and path', async () => {
    const client = app.as(lot.owner);
    const stranger = app.as(undefined);
    const operators: unknown[] = [
      { $ne: null },
      { $gt: '' },
      { $regex: '.*' },
      { $where: 'sleep(1000)' },
      ['a', 'b'],
      { __proto__: null, constructor: { prototype: { isAdmin: true } } },
    ];
    const before = await app.db.collection('producers').find().toArray();

    for (const operator of operators) {
      const signIn = await stranger.post('/api/v1/sign-in', { login: operator, password: operator });
      const refresh = await stranger.post('/api/v1/sign-in/refresh', { refreshToken: operator });
      const consent = await client.post(`/api/v1/producers/${lot.producer.id}/consents`, {
        id: operator,
        item: operator,
        given: true,
        textVersion: operator,
      });
      expect([signIn.status, consent.status], JSON.stringify(operator)).to.deep.equal([422, 422]);
      expect(refresh.status).to.be.oneOf([404, 422]);
    }
    const form = await stranger.postForm('/sign-in', {
      'login[$ne]': '',
      'password[$ne]': '',
      login: '',
      password: '',
    });
    const inQuery = await client.get(
      `/api/v1/producers/${lot.producer.id}/batches?after[$ne]=1&limit[$gt]=0&q[$regex]=.`,
    );
    const inPath = await Promise.all(
      ['{"$ne":""}', '[$ne]=1', '%00', '..%2f..', '$where'].map((id) =>
        client.get(`/api/v1/batches/${encodeURIComponent(id)}`),
      ),
    );

    expect(form.status).to.be.oneOf([401, 422]);
    expect(form.headers.getSetCookie()).to.be.empty;
    expect(inQuery.status).to.be.oneOf([404, 422]);
    expect(inPath.map(({ status }) => status)).to.deep.equal([404, 404, 404, 404, 404]);
    expect(await app.db.collection('producers').find().toArray()).to.deep.equal(before);
    expect(({} as { isAdmin?: boolean }).isAdmin).to.equal(undefined);
  });

  it('with a picture that is none, runs or explodes are refused whatever type they say, and leave nothing', async () => {
    const { createHash } = await import('node:crypto');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const html = Buffer.from('<!doctype html><script>alert(1)</script>');
    const pdf = Buffer.from('%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj');
    const bombs = Object.values(await pictureBombs());
    const sent = [svg, html, pdf, Buffer.from('GIF8'), ...bombs.slice(0, 3)];
    const hashes = sent.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
    const step = await aStep(app, lot.owner, lot.batch.id, { photoHashes: hashes });
    const files = await app.db.collection('files').countDocuments();

    for (const [at, bytes] of sent.entries()) {
      for (const type of ['image/jpeg', 'image/svg+xml', 'text/html']) {
        const answer = await app
          .as(lot.owner)
          .put(`/api/v1/steps/${String(step['id'])}/photos/${hashes[at] ?? ''}`, bytes, type);
        expect(answer.status, `${at} as ${type}`).to.be.oneOf([413, 415, 422]);
      }
    }

    expect(await app.db.collection('files').countDocuments()).to.equal(files);
  });
});

describe('the log', function () {
  this.timeout(30_000);

  it('holds no token, cookie, password, one-time link, address or stored value, whether a request goes well or falls over', async () => {
    const app = await testApp();
    const person = await aPerson(app, { password: 'mật khẩu rất bí mật ở đây' });
    const token = await app.as(anAdmin()).token();
    let lines = '';
    const sink = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        lines += chunk.toString('utf8');
        done();
      },
    });
    let isBroken = false;
    const clock = (): Date => {
      if (!isBroken) return app.deps.clock();
      // As drivers and parsers do: what was sent stands in the words and beside them.
      const cause = Object.assign(new Error(`E11000 duplicate key error dup key: { login: "${person.login}" }`), {
        keyValue: person,
      });
      throw Object.assign(new Error(`bad token: ${token} Authorization: Bearer ${token}`, { cause }), {
        body: person.password,
        headers: { cookie: `access=${token}` },
      });
    };
    const logged = createApp({ ...app.deps, clock, log: makeLog('trace', sink) });
    const server = makeServer().on('request', logged.handle);
    await listening(server);
    const oneTime = 'Qx'.repeat(21) + 'Q';
    const url = `http://127.0.0.1:${portOf(server)}`;
    const secretId = uuidv7();
    const ask = async (): Promise<number[]> => {
      const headers = {
        authorization: `Bearer ${token}`,
        cookie: `access=${token}; refresh=${secretId}.${oneTime}`,
        'x-forwarded-for': '203.0.113.77',
      };
      const json = { ...headers, 'content-type': 'application/json' };
      const body = JSON.stringify({ login: person.login, password: person.password });
      const answers = [
        await fetch(`${url}/sign-in/link/${oneTime}`, { headers, redirect: 'manual' }),
        await fetch(`${url}/api/v1/me?token=${oneTime}`, { headers }),
        await fetch(`${url}/api/v1/sign-in`, { method: 'POST', headers: json, body }),
        await fetch(`${url}/api/v1/sign-in`, { method: 'POST', headers: json, body: `${body}{` }),
        await fetch(`${url}/sign-in`, {
          method: 'POST',
          headers: { ...headers, origin: url },
          redirect: 'manual',
          body: new URLSearchParams({ login: person.login, password: person.password }),
        }),
      ];
      return answers.map(({ status }) => status);
    };

    const well = await ask();
    isBroken = true;
    const broken = await ask();

    server.closeAllConnections();
    server.close();
    await logged.close();
    await app.close();
    expect(well[2]).to.equal(200);
    expect(broken).to.deep.equal([500, 500, 500, 500, 500]);
    expect(lines.split('\n').length).to.be.greaterThan(10);
    expect(lines).to.include('request failed').and.include('"stack"').and.include('requestId');
    for (const secret of [
      token,
      person.password,
      encodeURIComponent(person.password),
      person.login,
      oneTime,
      secretId,
      '203.0.113.77',
      '127.0.0.1',
    ])
      expect(lines.includes(secret), `${secret} in ${lines.slice(0, 3000)}`).to.equal(false);
  });
});
