// Stored files as people look at them: pages of papers as pictures, originals as downloads, and nothing of what is not the asker's. K21, K25.
import { expect } from 'chai';
import sharp from 'sharp';
import type { Actor } from '../../src/actor.ts';
import { fileModel } from '../../src/files/files.store.ts';
import { storeDocument, storePicture } from '../../src/files/files.ts';
import type { StoredFile } from '../../src/files/files.types.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aProducer } from '../support/factories.producers.ts';
import { anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aPaper } from '../support/papers.ts';
import { aJpeg } from '../support/pictures.ts';

const now = new Date('2026-09-04T02:41:00Z');

describe('a stored file', function () {
  this.timeout(60_000);
  let app: TestApp;
  let made: Awaited<ReturnType<typeof aProducer>>;
  let paper: StoredFile;

  before(async () => {
    app = await testApp();
    made = await aProducer(app);
    const bytes = await aPaper({ pages: 3, script: 'app.alert(1)' });
    paper = await storeDocument(app.db, made.producer.id, bytes, now, { name: 'Giấy chứng nhận – Chè Đỉnh.pdf' });
  });
  after(() => app.close());

  const openAs = (person: Actor | undefined, path: string) => app.as(person).page(`/files/${path}`);
  const open = (path: string) => openAs(made.owner, path);
  const raw = async (path: string): Promise<Buffer> => {
    const headers = { authorization: `Bearer ${await app.as(made.owner).token()}` };
    return Buffer.from(await (await fetch(`${app.url}/files/${path}`, { headers })).arrayBuffer());
  };

  it('is turned page by page without script', async () => {
    const [first, second, last] = [
      await open(paper.id),
      await open(`${paper.id}?page=2`),
      await open(`${paper.id}?page=3`),
    ];

    expect([first.status, second.status, last.status]).to.deep.equal([200, 200, 200]);
    expect(first.text).to.include('Giấy chứng nhận – Chè Đỉnh.pdf').and.include('3 trang').and.include('Trang 1 / 3');
    expect(first.text).to.include(`href="/files/${paper.id}?page&#x3D;2"`).and.not.include('rel="prev"');
    expect(second.text).to.include(`src="/files/${paper.id}/pages/2.webp"`);
    expect(second.text).to.include('rel="prev"').and.include('rel="next"');
    expect(last.text).to.not.include('rel="next"');
    expect(first.headers.get('cache-control')).to.equal('private, no-store');
  });

  it('says what in it would run, while its pages are pictures', async () => {
    const page = await open(paper.id);
    const picture = await raw(`${paper.id}/pages/1.webp`);

    expect(page.text).to.include('Tệp có mã chạy').and.include('đoạn mã tự chạy');
    expect(page.text).to.not.include('app.alert');
    const { format, height, exif, xmp } = await sharp(picture).metadata();
    expect([format, height, exif, xmp]).to.deep.equal(['webp', 1600, undefined, undefined]);
  });

  it('has each page drawn once', async () => {
    const path = `${paper.id}/pages/3.webp`;

    const [one, two] = await Promise.all([raw(path), raw(path)]);

    expect(one.equals(two)).to.equal(true);
    const { parts } = (await fileModel(app.db).findById(paper.id).lean()) ?? { parts: [] };
    expect(parts.filter(({ name }) => name === 'page-3.webp')).to.have.length(1);
  });

  it('has no pages but its own', async () => {
    const statuses = [];
    for (const path of [
      'pages/4.webp',
      'pages/0.webp',
      'pages/-1.webp',
      'pages/1.png',
      'pages/x.webp',
      'pages/1e1.webp',
      '?page=4',
      '?page=0',
      '?page=x',
      '?page=1&page=2',
      '/720.webp',
    ])
      statuses.push((await open(path.startsWith('?') ? paper.id + path : `${paper.id}/${path}`)).status);

    expect(new Set(statuses)).to.deep.equal(new Set([404]));
  });

  it('is given as it came, as a download that runs nothing', async () => {
    const answer = await open(`${paper.id}/document`);

    expect(answer.headers.get('content-disposition')).to.match(
      /^attachment; filename="Giay chung nhan - Che Dinh\.pdf"; /,
    );
    expect(answer.headers.get('content-security-policy')).to.equal("sandbox; default-src 'none'");
    expect(answer.headers.get('x-content-type-options')).to.equal('nosniff');
    expect(await raw(`${paper.id}/document`)).to.have.length(paper.bytes);
  });

  const broken: { what: string; bytes: () => Buffer | Promise<Buffer>; words: string }[] = [
    { what: 'with a password', bytes: () => aPaper({ password: 'mat khau' }), words: 'đặt mật khẩu' },
    { what: 'that is broken', bytes: () => Buffer.from('%PDF-1.7 hỏng'), words: 'Tệp này hỏng' },
    { what: 'that is cut off', bytes: async () => (await aPaper()).subarray(0, 200), words: 'Tệp này hỏng' },
  ];
  for (const { what, bytes, words } of broken) {
    it(`${what} says so and can be downloaded`, async () => {
      const file = await storeDocument(app.db, made.producer.id, await bytes(), now);

      const page = await open(file.id);

      expect(page.status).to.equal(200);
      expect(page.text).to.include(words).and.include(`/files/${file.id}/document`).and.not.include('<figure>');
      expect((await open(`${file.id}/pages/1.webp`)).status).to.equal(404);
    });
  }

  it('of more than fifty pages shows the first fifty and says so', async () => {
    const file = await storeDocument(app.db, made.producer.id, await aPaper({ pages: 51 }), now);

    const last = await open(`${file.id}?page=50`);

    expect(last.text).to.include('có 51 trang').and.include('Trang 50 / 50').and.not.include('rel="next"');
    expect((await open(`${file.id}?page=51`)).status).to.equal(404);
  });

  it('that is a photo is one page, and its original a picture without metadata', async () => {
    const file = await storeDocument(app.db, made.producer.id, await aJpeg({ width: 999 }), now, { name: 'giấy.JPG' });

    const page = await open(file.id);
    const download = await open(`${file.id}/document`);

    expect(page.text).to.include(`/files/${file.id}/pages/1.webp`).and.not.include('Lật trang');
    expect((await sharp(await raw(`${file.id}/pages/1.webp`)).metadata()).width).to.equal(999);
    expect(decodeURIComponent(download.headers.get('content-disposition') ?? '')).to.include("UTF-8''giấy.webp");
  });

  it('that is private looks like one that is not there, in every way', async () => {
    const body = (text: string): string => text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id');
    for (const person of [anOfficer('01'), aProducerUser(uuidv7()), undefined]) {
      for (const path of ['', '/document', '/pages/1.webp', '/720.webp', '?page=2']) {
        const [foreign, missing] = [await openAs(person, paper.id + path), await openAs(person, uuidv7() + path)];

        expect([foreign.status, missing.status]).to.deep.equal([404, 404]);
        expect(body(foreign.text)).to.equal(body(missing.text));
        const names = ['content-type', 'cache-control', 'etag', 'vary', 'content-security-policy'];
        const seen = (headers: Headers) =>
          names.map((name) => (name === 'etag' ? headers.has(name) : headers.get(name)));
        expect(seen(foreign.headers)).to.deep.equal(seen(missing.headers));
      }
    }
    expect((await openAs(anOfficer('19'), paper.id)).status).to.equal(200);
  });

  it('that is public may be looked at by anybody', async () => {
    const file = await storePicture(app.db, made.producer.id, await aJpeg({ width: 77 }), now);

    expect((await openAs(undefined, file.id)).status).to.equal(200);
    expect((await openAs(undefined, `${file.id}/pages/1.webp`)).headers.get('cache-control')).to.include('public');
  });

  it('speaks English where that is asked for', async () => {
    const page = await app.as(made.owner).page(`/files/${paper.id}?lang=en`);

    expect(page.text).to.include('The file holds something that runs').and.include('Page 1 of 3');
  });
});
