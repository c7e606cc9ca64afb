import { expect } from 'chai';
import type { Actor } from '../../src/actor.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aNaProduct } from '../support/factories.batches.ts';
import { newProductJson } from '../support/factories.products.ts';
import { anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aProductOwner, anEnteredCertificate, sendDecision } from '../support/factories.stored-certificates.ts';
import type { ProductOwner } from '../support/factories.stored-certificates.ts';

type Row = {
  id: string;
  number: string;
  state: string;
  lastDay?: string;
  daysLeft?: number;
  renewal?: { from: string; to: string };
  documentMissing: boolean;
};

describe('Lists of certificates', () => {
  let app: TestApp;
  let na: ProductOwner;

  before(async () => {
    app = await testApp({ now: '2026-09-04T09:00:00+07:00' });
  });
  after(() => app.close());
  beforeEach(async () => {
    na = await aProductOwner(app);
  });

  const rows = async (query = '', actor: Actor = na.owner): Promise<Row[]> => {
    const answer = await app.as(actor).get(`/api/v1/producers/${na.producer.id}/certificates?${query}`);
    return answer.body['items'] as Row[];
  };
  const numbers = async (query: string, actor?: Actor): Promise<string[]> =>
    (await rows(query, actor)).map(({ number }) => number);

  it('tells what each is today, how long it runs, when it may be renewed and that its paper is missing', async () => {
    const entered = await anEnteredCertificate(app, na.owner, na.product.id, {
      issuedOn: '2024-01-10',
      lastDayPrinted: '2027-01-10',
    });
    const [waiting] = await rows();
    await sendDecision(app, na.officer, entered.id, { decidedOn: '2026-09-04' });

    const [valid] = await rows();

    expect(waiting).to.include({ state: 'waiting', lastDay: '2027-01-10', daysLeft: 128, documentMissing: true });
    expect(waiting?.renewal).to.equal(undefined);
    expect(valid?.state).to.equal('valid');
    expect(valid?.renewal).to.deep.equal({ from: '2026-07-14', to: '2026-09-12' });
  });

  for (const number of ['83-829-28780-3-2022', '83 - 829-28780 – 3-2022', '19-05740-7-2026', 'Số 12/GCN']) {
    it(`shows ${number} exactly as on the paper and finds it with and without its signs`, async () => {
      await anEnteredCertificate(app, na.owner, na.product.id, { number });
      await anEnteredCertificate(app, na.owner, na.product.id, { number: '77-00001-9-2026' });
      const bare = number
        .normalize('NFC')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]/gu, '');

      const found = await Promise.all(
        [number, bare, bare.slice(0, 6)].map((q) => numbers(`q=${encodeURIComponent(q)}`)),
      );

      expect(found).to.deep.equal([[number], [number], [number]]);
    });
  }

  it('keeps certificates without any code and finds them by the product’s name without marks', async () => {
    const tea = await app
      .as(na.owner)
      .post(`/api/v1/producers/${na.producer.id}/products`, newProductJson({ name: 'Chè Đinh' }));
    await anEnteredCertificate(app, na.owner, String(tea.body['id']), { number: '' });
    await anEnteredCertificate(app, na.owner, na.product.id, { number: '1-1' });

    const found = await Promise.all(['che dinh', 'CHÈ', 'đinh'].map((q) => numbers(`q=${encodeURIComponent(q)}`)));
    const officers = await app.as(na.officer).get('/api/v1/certificates?q=che%20dinh');

    expect(found).to.deep.equal([[''], [''], ['']]);
    expect((officers.body['items'] as Row[]).map(({ state }) => state)).to.include('waiting');
  });

  it('filters by type, state, product and last day', async () => {
    const other = await aNaProduct(app, na.owner, na.producer.id);
    await anEnteredCertificate(app, na.owner, na.product.id, {
      number: 'A',
      issuedOn: '2020-01-10',
      lastDayPrinted: '2023-01-10',
    });
    await anEnteredCertificate(app, na.owner, other.id, { number: 'B', type: 'vietgap', stars: undefined });
    const counted = await anEnteredCertificate(app, na.officer, na.product.id, { number: 'C', issuedOn: '2026-07-15' });

    const found = await Promise.all(
      ['type=vietgap', 'state=valid', 'state=waiting', `product=${other.id}`, 'expiringBefore=2024-01-01'].map(
        (query) => numbers(query),
      ),
    );
    const officers = await app.as(na.officer).get(`/api/v1/certificates?product=${na.product.id}&state=valid`);

    expect(found).to.deep.equal([['B'], ['C'], ['B', 'A'], ['B'], ['A']]);
    expect((officers.body['items'] as Row[]).map(({ id }) => id)).to.deep.equal([counted.id]);
  });

  it('goes on where a page ended, also through a filter', async () => {
    for (const number of ['A', 'B', 'C', 'D', 'E'])
      await anEnteredCertificate(app, na.owner, na.product.id, { number });
    const seen: string[] = [];

    let next: string | null = '';
    while (next !== null) {
      const after = next === '' ? '' : `&after=${next}`;
      const page = await app
        .as(na.owner)
        .get(`/api/v1/producers/${na.producer.id}/certificates?limit=2&state=waiting${after}`);
      seen.push(...(page.body['items'] as Row[]).map(({ number }) => number));
      next = page.body['next'] as string | null;
    }

    expect(seen).to.deep.equal(['E', 'D', 'C', 'B', 'A']);
  });

  it('is for the producer’s people and the officers of the province', async () => {
    await anEnteredCertificate(app, na.owner, na.product.id);
    const path = `/api/v1/producers/${na.producer.id}/certificates`;

    const own = await Promise.all(
      [na.owner, na.officer, anOfficer('04'), aProducerUser(uuidv7()), undefined].map(
        async (actor) => (await app.as(actor).get(path)).status,
      ),
    );
    const office = await Promise.all(
      [na.officer, na.owner, undefined].map(async (actor) => (await app.as(actor).get('/api/v1/certificates')).status),
    );
    const foreign = await app.as(anOfficer('04')).get('/api/v1/certificates');

    expect(own).to.deep.equal([200, 200, 404, 404, 401]);
    expect(office).to.deep.equal([200, 403, 401]);
    expect(foreign.body['items']).to.deep.equal([]);
  });

  for (const query of [
    'type=star',
    'state=lost',
    'product=1',
    'expiringBefore=2026-02-30',
    'limit=0',
    'after=%00',
    `q=${'a'.repeat(101)}`,
    'q=a%00b',
    'q[$gt]=a',
    'other=1',
  ]) {
    it(`refuses ?${query.slice(0, 30)}`, async () => {
      const answers = await Promise.all([
        app.as(na.owner).get(`/api/v1/producers/${na.producer.id}/certificates?${query}`),
        app.as(na.officer).get(`/api/v1/certificates?${query}`),
      ]);

      expect(answers.map(({ status }) => status)).to.deep.equal([422, 422]);
    });
  }
});

describe('A producer’s pages of certificates', () => {
  let app: TestApp;
  let na: ProductOwner;

  before(async () => {
    app = await testApp({ now: '2026-09-04T09:00:00+07:00' });
  });
  after(() => app.close());
  beforeEach(async () => {
    na = await aProductOwner(app, { sample: true });
  });

  it('list all products’ papers with their state, and find one', async () => {
    await anEnteredCertificate(app, na.owner, na.product.id, { number: '19-05740-7-2026' });

    const all = await app.as(na.owner).page('/app/certificates');
    const found = await app.as(na.owner).page('/app/certificates?q=1905740');
    const none = await app.as(na.owner).page('/app/certificates?q=khong-co');

    expect(all.text).to.contain('19-05740-7-2026').and.contain('Chưa ai xác minh').and.contain('Thiếu ảnh hoặc PDF');
    expect(found.text).to.contain('19-05740-7-2026').and.contain('Kết quả tìm “1905740”');
    expect(none.text).to.contain('Không thấy giấy nào khớp với “khong-co”.');
  });

  it('take the paper, show and hide it, and withdraw the entry, each told once', async () => {
    const entered = await anEnteredCertificate(app, na.owner, na.product.id);
    const path = `/app/certificates/${entered.id}`;
    const form = new FormData();
    form.append('document', new Blob([`%PDF-1.4\n% ${entered.id}\n%%EOF\n`], { type: 'application/pdf' }), 'Giấy.pdf');
    const as = app.as(na.owner);
    const after = async (sent: Promise<{ status: number; headers: Headers; text: string }>): Promise<string> =>
      (await as.page((await sent).headers.get('location') ?? '')).text;

    const sent = await after(as.postForm(`${path}/document`, form));
    const shown = await after(as.postForm(`${path}/document/visibility`, { shown: 'yes' }));
    const hidden = await after(as.postForm(`${path}/document/visibility`, { shown: 'no' }));
    const refused = await as.postForm(`${path}/withdrawal`, { id: uuidv7(), reason: '' });
    const withdrawn = await after(as.postForm(`${path}/withdrawal`, { id: uuidv7(), reason: 'Nhập nhầm sản phẩm' }));

    expect(sent).to.contain('Đã lưu văn bản.').and.contain('Chỉ chủ thể và cán bộ tỉnh xem được.');
    expect(shown).to.contain('Đã cho mọi người xem văn bản.');
    expect(hidden).to.contain('Văn bản không còn hiện cho mọi người.');
    expect([refused.status, refused.text.includes('details class="the" data-test="withdrawal" open')]).to.deep.equal([
      422,
      true,
    ]);
    expect(withdrawn)
      .to.contain('Đã rút giấy này.')
      .and.contain('Nhập nhầm sản phẩm')
      .and.not.contain('data-test="document-form"');
  });

  it('say who entered a paper, what it lacks, and who decided on it', async () => {
    const entered = await anEnteredCertificate(app, na.owner, na.product.id, { decisionNumber: '' });
    await sendDecision(app, na.officer, entered.id, { reason: 'Khớp sổ của tỉnh.' });

    const page = await app.as(na.owner).page(`/app/certificates/${entered.id}`);

    expect(page.text).to.contain(`${na.owner.name} nhập ngày 04/09/2026.`);
    expect(page.text).to.contain('Giấy còn thiếu: số quyết định');
    expect(page.text).to.contain('Khớp sổ của tỉnh.').and.contain(na.officer.name);
  });

  it('ask for a file where none was chosen, and are nobody else’s', async () => {
    const entered = await anEnteredCertificate(app, na.owner, na.product.id);
    const path = `/app/certificates/${entered.id}`;

    const empty = await app.as(na.owner).postForm(`${path}/document`, new FormData());
    const choice = await app.as(na.owner).postForm(`${path}/document/visibility`, { shown: 'maybe' });
    const others = await app.as(aProducerUser(uuidv7())).page(path);

    expect([empty.status, choice.status, others.status]).to.deep.equal([422, 422, 404]);
  });
});
