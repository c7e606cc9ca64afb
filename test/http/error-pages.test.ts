// What a person sees when something goes wrong: a page with words, a way on and the number of the request; never a blank, never a stack.
import { expect } from 'chai';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anAdmin, anOfficer } from '../support/factories.ts';

type Page = { status: number; text: string; headers: Headers };

const visibleText = (html: string): string =>
  html
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('pages of errors', () => {
  let app: TestApp;
  const html = { accept: 'text/html' };

  const post = async (path: string, type: string, body: string | Buffer): Promise<Page> => {
    const answer = await fetch(app.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...html, 'content-type': type },
      body: body as never,
    });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  };
  const isWhole = ({ status, text, headers }: Page, expected: number): void => {
    expect(status).to.equal(expected);
    expect(headers.get('content-type')).to.match(/^text\/html/);
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(text)
      .to.match(/<html lang="(vi|en)"/)
      .and.include('<main')
      .and.include('</html>');
    expect(text).to.match(/<h1[^>]*>[^<]{5,}/);
    const id = headers.get('x-request-id') ?? '';
    expect(id).to.have.length.greaterThan(7);
    expect(visibleText(text)).to.include(id);
    expect(text).to.include('href="/"').and.include('href="/check"');
    expect(text).to.not.match(/node_modules|\.ts:\d|at \w+ \(|MongoServerError/);
  };

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());

  const ways: [number, string, () => Promise<Page>][] = [
    [400, 'an address that can’t be read', () => app.as(undefined).page('/score-cards/%E0%A4%A')],
    [403, 'a page for others', () => app.as(anOfficer('19')).page('/admin')],
    [404, 'a page that is not there', () => app.as(undefined).page('/khong-co')],
    [
      413,
      'a form that is too large',
      () => post('/sign-in', 'application/x-www-form-urlencoded', `a=${'x'.repeat(3_000_000)}`),
    ],
    [415, 'a form of another kind', () => post('/sign-in', 'application/x-www-form-urlencoded; charset=x-none', 'a=b')],
  ];
  for (const [status, what, ask] of ways) {
    it(`answer ${what} with ${status}, in words`, async () => {
      isWhole(await ask(), status);
    });
  }

  it('speak English to who reads English', async () => {
    const { text } = await app.as(undefined).page('/khong-co?lang=en');

    expect(text).to.include('<html lang="en"');
    expect(visibleText(text)).to.not.match(/[ạảấầẩẫậắằẳẵặẹẻẽếềểễệ]/u);
  });

  it('tell of a fault of ours with a number to name it by and nothing of its inside', async () => {
    app.setNow('no moment at all');
    const page = await app.as(undefined).page('/recalls');
    app.setNow('2026-09-04T09:41:00+07:00');

    isWhole(page, 500);
    expect(page.text).to.not.include('Invalid time').and.not.include('RangeError');
  });

  it('are there for an administrator too', async () => {
    isWhole(await app.as(anAdmin()).page('/admin/khong-co'), 404);
  });
});
