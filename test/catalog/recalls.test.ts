// The public list of recalls, as a page and as feeds.
import { expect } from 'chai';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aLabelledLot } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { aBatch, newRecallJson } from '../support/factories.batches.ts';
import { uuidv7 } from '../support/factories.ts';

const visibleText = (html: string): string =>
  html
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

type Feed = { items: { title: string; tags: string[]; _recall: Record<string, unknown> }[] };

describe('the public list of recalls', () => {
  let app: TestApp;
  let open: LabelledLot;
  let over: LabelledLot;
  let derived: string;
  const page = (path: string, headers: Record<string, string> = {}) => app.as(undefined).page(path, headers);
  const recall = async (lot: LabelledLot, parts: Record<string, unknown> = {}): Promise<string> => {
    const answer = await app.as(lot.officer).post(`/api/v1/batches/${lot.batch.id}/recalls`, newRecallJson(parts));
    expect(answer.status).to.equal(201);
    return String(answer.body['id']);
  };

  before(async () => {
    app = await testApp();
    open = await aLabelledLot(app, { product: { name: 'Chè <b>đinh</b> </script>' } });
    over = await aLabelledLot(app);
    const farm = { ...open, plotA: open.site, plotB: open.site };
    const child = await aBatch(app, { farm, parts: { madeFrom: [open.batch.id] } });
    derived = child.batch.lotNumber;
    const closed = await recall(over, { reason: 'Nhãn ghi sai hạn dùng.', recallClass: 'ordinary' });
    const ended = { id: uuidv7(), outcome: 'Đã thu lại 780 hộp.' };
    expect((await app.as(over.officer).post(`/api/v1/recalls/${closed}/closing`, ended)).status).to.equal(201);
    app.setNow('2026-09-04T10:00:00+07:00');
    await recall(open);
  });
  after(() => app.close());

  it('names lots, also those made from a recalled one, the reason, who ordered it and what to do', async () => {
    const { status, text } = await page('/recalls');
    const words = visibleText(text);

    expect(status).to.equal(200);
    expect(words).to.include(`Lô ${open.batch.lotNumber} và các lô làm từ lô này: ${derived}`);
    expect(words).to.include('Dư lượng thuốc vượt mức cho phép.').and.include('lệnh số 000/TB (mẫu)');
    expect(words).to.include('Sở Nông nghiệp và Môi trường (mẫu)').and.include('04/09/2026');
    expect(words).to.include('Ngừng dùng, giữ nguyên bao bì.').and.include('Gọi nơi thu hồi: 0900 000 000');
    expect(words).to.include('Đã kết thúc ngày 04/09/2026').and.include('Kết quả: Đã thu lại 780 hộp.');
  });

  it('shows the newest first, and open and closed ones apart when asked', async () => {
    const all = visibleText((await page('/recalls')).text);
    const onlyOpen = visibleText((await page('/recalls?state=open')).text);
    const onlyClosed = visibleText((await page('/recalls?state=closed')).text);

    expect(all.indexOf(open.batch.lotNumber)).to.be.below(all.indexOf(over.batch.lotNumber));
    expect(onlyOpen).to.include(open.batch.lotNumber).and.not.include(over.batch.lotNumber);
    expect(onlyClosed).to.include(over.batch.lotNumber).and.not.include(open.batch.lotNumber);
  });

  it('narrows to a province, and takes what it can’t read as not asked', async () => {
    const here = await page('/recalls?province=19');
    const elsewhere = await page('/recalls?province=96');
    const junk = await page('/recalls?province=99&state=x&after=%00&state=y');

    expect(visibleText(here.text)).to.include(open.batch.lotNumber);
    expect(visibleText(elsewhere.text)).to.include('Không có lệnh thu hồi nào');
    expect(junk.status).to.equal(200);
    expect(visibleText(junk.text)).to.include(open.batch.lotNumber);
  });

  it('shows markup in a name as text', async () => {
    const { text } = await page('/recalls');

    expect(text).to.include('Chè &lt;b&gt;đinh&lt;/b&gt;').and.not.include('<b>đinh</b>');
  });

  it('is there as Atom that a reader can take in, with the same facts', async () => {
    const { status, text, headers } = await page('/recalls.atom');

    expect(status).to.equal(200);
    expect(headers.get('content-type')).to.match(/^application\/atom\+xml/);
    expect(text).to.match(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<feed xmlns="http:\/\/www.w3.org\/2005\/Atom" xml:lang="vi">/,
    );
    expect(text.match(/<entry>/g)).to.have.lengthOf(2);
    expect(text).to.include('<category term="open"/>').and.include('<category term="closed"/>');
    expect(text).to.include(derived).and.not.include('</script>');
  });

  it('is there as JSON Feed with facts for programs', async () => {
    const { text, headers } = await page('/recalls.json?lang=en', { accept: '*/*' });
    const feed = JSON.parse(text) as Feed;

    expect(headers.get('content-type')).to.match(/^application\/feed\+json/);
    expect(feed.items.map(({ _recall }) => _recall['state'])).to.deep.equal(['open', 'closed']);
    expect(feed.items[0]?.title).to.match(/^Being recalled: /);
    expect((feed.items[0]?._recall['lots'] as { lot: string }[]).map((one) => one.lot)).to.deep.equal([
      open.batch.lotNumber,
      derived,
    ]);
  });

  it('is asked for again each time: an unchanged feed answers 304, a changed one its new state', async () => {
    const first = await page('/recalls.atom');
    const etag = first.headers.get('etag') ?? '';
    // As browsers ask again; fetch would otherwise add no-cache, which asks for the whole.
    const again = { 'if-none-match': etag, 'cache-control': 'max-age=0' };
    const same = await page('/recalls.atom', again);
    await recall(over, { reason: 'Có dị vật.' });

    const changed = await page('/recalls.atom', again);

    expect(first.headers.get('cache-control')).to.equal('no-cache');
    expect(same.status).to.equal(304);
    expect(changed.status).to.equal(200);
    expect(changed.text).to.include('Có dị vật.');
  });

  it('names no household that did not agree to its name', async () => {
    const home = await aLabelledLot(app, {
      producer: { kind: 'household', legalName: 'Hộ ông Mẫu Văn Kín', consents: ['label-name'] },
    });
    await recall(home);

    for (const path of ['/recalls', '/recalls.atom', '/recalls.json'])
      expect((await page(path, { accept: '*/*' })).text, path).to.not.include('Mẫu Văn Kín');
  });
});
