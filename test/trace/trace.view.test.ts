import { expect } from 'chai';
import { dayOf } from '../../src/days.ts';
import type { StarVerdict } from '../../src/certificates/certificates.types.ts';
import { traceShape } from '../../src/trace/trace.json.shape.view.ts';
import { traceJson } from '../../src/trace/trace.json.view.ts';
import { traceMapView } from '../../src/trace/trace.places.view.ts';
import type { TraceFacts } from '../../src/trace/trace.types.ts';
import { codeHelpView } from '../../src/trace/trace.help.view.ts';
import { tracePageView, traceTitle } from '../../src/trace/trace.view.ts';
import { aCertificate, anEntry, anOrchard, aRecall, someFacts } from '../support/factories.trace.ts';

const options = { url: 'https://truyxuat.example.vn/T/7K3M9QXC2A4Y', saveData: false };
const view = (changes: Partial<TraceFacts> = {}) => tracePageView('vi', someFacts(changes), options);
type Groups = ReturnType<typeof view>['journal']['shown'];
const itemsOf = ({ shown, folded }: { shown: Groups; folded: Groups }) =>
  [shown.flatMap(({ items }) => items), folded.flatMap(({ items }) => items)] as const;
const allText = (changes: Partial<TraceFacts> = {}) => JSON.stringify(view(changes));

const certificate = aCertificate();
const verdicts: { verdict: StarVerdict; look: string; stars: number; words: string }[] = [
  {
    verdict: {
      state: 'valid',
      certificate,
      stars: 4,
      lastDay: '2029-07-15',
      renewalWindow: { from: '2029-01-16', to: '2029-03-17' },
      verifiedOn: '2026-07-24',
    },
    look: '',
    stars: 4,
    words: 'Còn hiệu lực đến 15/07/2029',
  },
  {
    verdict: {
      state: 'extended',
      certificate,
      stars: 4,
      lastDay: '2026-07-15',
      extendedTo: '2027-01-11',
      verifiedOn: '2026-07-24',
    },
    look: '',
    stars: 4,
    words: 'Được kéo dài đến hết 11/01/2027, đang chờ kết quả đánh giá, phân hạng lại',
  },
  {
    verdict: { state: 'expired', certificate, stars: 4, lastDay: '2026-06-30', expiredSince: '2026-07-01' },
    look: 'het',
    stars: 4,
    words: 'Đã hết hạn từ 01/07/2026',
  },
  {
    verdict: {
      state: 'revoked',
      certificate,
      stars: 4,
      revokedFrom: '2026-09-01',
      reason: 'Hết vùng nguyên liệu.',
      decisionNumber: '00/QĐ',
    },
    look: 'huy',
    stars: 4,
    words: 'Đã bị thu hồi công nhận OCOP',
  },
  {
    verdict: { state: 'declared', certificate },
    look: 'vien',
    stars: 0,
    words: 'Hợp tác xã tự khai, chưa được xác minh',
  },
  { verdict: { state: 'none' }, look: 'vien', stars: 0, words: 'Chưa được chứng nhận OCOP' },
];

describe('the scan page in words', () => {
  for (const { verdict, look, stars, words } of verdicts) {
    it(`says of a star that is ${verdict.state}: ${words}`, () => {
      const card = view({ verdict }).verdict;

      expect(`${card.title} ${card.line}`).to.include(words);
      expect(card).to.include({ look });
      expect(card.stars).to.have.length(stars);
      expect(card.checked).to.equal('Tra sổ chứng nhận lúc 09:41, 04/09/2026');
    });

    it(`shows the same of a star that is ${verdict.state} in its JSON`, () => {
      const json = traceJson(someFacts({ verdict }));

      const counts = verdict.state === 'valid' || verdict.state === 'extended';
      expect(json.verdict.state).to.equal(verdict.state);
      expect(json.verdict.stars).to.equal(counts ? 4 : null);
      expect(traceShape.safeParse(json).success).to.equal(true);
    });
  }

  it('keeps the renewal window from the public', () => {
    expect(JSON.stringify(view({ verdict: verdicts[0]!.verdict }).verdict)).to.not.match(/16\/01\/2029|17\/03\/2029/);
  });

  it('never speaks of fakes', () => {
    const texts = verdicts.map(({ verdict }) => allText({ verdict })).join();

    expect(texts + JSON.stringify(codeHelpView('vi', 'X', 'unknown'))).to.not.match(/hàng giả|\bgiả mạo/i);
  });

  it('names only what the code itself shows to be wrong', () => {
    const group = codeHelpView('vi', '7K3M-9QXC-2A', { ok: false, reason: 'length', groups: [3] }).group;
    const noGroup = codeHelpView('vi', '7K3M-9QXC-2A4Z', { ok: false, reason: 'check' }).group;

    expect(group).to.include('nhóm 3');
    expect(noGroup).to.equal('');
  });

  it('counts the days left, and those over, in the days of Viet Nam', () => {
    const note = (at: string) => view({ at: new Date(at) }).lot.cells[2]?.note;

    expect(note('2026-09-04T09:41:00+07:00')).to.equal('còn 5 ngày');
    expect(note('2026-09-08T23:59:00+07:00')).to.equal('còn 1 ngày');
    expect(note('2026-09-09T00:30:00+07:00')).to.equal('hôm nay là ngày cuối');
    expect(note('2026-09-12T00:30:00+07:00')).to.equal('đã quá hạn 3 ngày');
  });

  it('leaves no hole where the lot says nothing', () => {
    const cells = view({
      batch: { ...someFacts().batch, harvestedOn: undefined, packedOn: undefined, useBy: undefined },
    }).lot.cells;

    expect(cells.map(({ day }) => day)).to.deep.equal(['chưa ghi', 'chưa ghi', 'chưa ghi']);
  });

  it('puts a recall above all, and says when a lot it was made from is the cause', () => {
    const own = view({ recalls: [aRecall()] });
    const through = view({ recalls: [aRecall({ batchId: 'another' })] });

    expect(own.recall?.about).to.equal('chỉ lô');
    expect(own.lot.cells[2]?.note).to.equal('không dùng');
    expect(own.lot.isRecalled).to.equal(true);
    expect(through.recall?.about).to.include('được làm từ lô đang bị thu hồi');
    expect(traceTitle('vi', someFacts({ recalls: [aRecall()] }))).to.match(/^ĐANG THU HỒI/);
  });

  it('spells the arithmetic of waiting time and packing out', () => {
    const text = allText();

    expect(text).to.include('28 ngày sau lần phun cuối; yêu cầu ít nhất 3 ngày. Đạt.');
    expect(text).to.match(/Thu 420\u00A0kg, đóng 804 × 0,5\u00A0kg, tổng 402\u00A0kg\. Số liệu khớp\./);
  });

  it('shows a gap between the steps that it parts', () => {
    const [shown, folded] = itemsOf(view().journal);

    const place = shown.findIndex(({ gap }) => gap !== undefined);
    expect(shown[place]?.gap).to.deep.equal({
      title: 'Không có ghi chép trong 24 ngày',
      line: 'Từ 25/06 đến 18/07/2026. Hợp tác xã chưa bổ sung.',
    });
    expect(shown[place - 1]).to.include({ title: 'Bao quả' });
    expect(shown[place + 1]).to.include({ title: 'Thụ phấn' });
    expect(shown.filter(({ gap }) => gap === undefined)).to.have.length(7);
    expect(folded).to.have.length(2);
  });

  it('groups the steps by the stage of the work, and does not name one again in the folded part', () => {
    const { shown, folded } = view().journal;

    expect(shown.map(({ stage }) => stage)).to.deep.equal(['Giao hàng', 'Chế biến, đóng gói', 'Thu hoạch', 'Chăm sóc']);
    expect(folded.map(({ stage }) => stage)).to.deep.equal(['']);
    expect(shown.at(-1)?.items.some(({ gap }) => gap !== undefined)).to.equal(true);
  });

  it('shows both days of a late entry, corrections, photos that are still to come, and what waits to be settled', () => {
    const entry = {
      ...anEntry('spray', '2026-08-05', {
        data: { material: 'bt' },
        recordedAt: '2026-08-20T08:00:00+07:00',
        photos: 1,
        promisedPhotos: 3,
        grade: 'with-photo',
        marks: ['waiting-time-unknown'],
      }),
      correctionCount: 2,
    };

    const item = view({ journal: [entry] }).journal.shown[0]?.items[0];

    expect(JSON.stringify(item)).to.include('Ghi vào sổ ngày 20/08/2026. Đã sửa 2 lần.');
    expect(item).to.include({ evidence: 'Có 1/3 ảnh', grade: 2 });
    expect(item?.gap === undefined && item?.caution).to.include('Chưa ghi thời gian cách ly');
  });

  it('folds the journal beyond forty steps behind a link of its own', () => {
    const journal = Array.from({ length: 60 }, (_, place) =>
      anEntry('water', dayOf(new Date(Date.UTC(2026, 7, 28 - place)))),
    );

    const section = view({ journal, gaps: [] }).journal;

    expect(itemsOf(section).flat()).to.have.length(40);
    expect(section.more).to.equal('Xem toàn bộ 60 việc');
    expect(section.moreUrl).to.equal('/T/7K3M9QXC2A4Y/steps');
  });

  it('says that stars do not stand for a journal that is empty', () => {
    const section = view({ journal: [], gaps: [] }).journal;

    expect(section).to.include({ isEmpty: true, emptyMore: 'Sao OCOP không thay cho nhật ký của lô.' });
  });

  it('tells one step back what a lot was made from, and the story as the words of its producer', () => {
    const facts = someFacts();
    const input = { materialId: undefined, name: 'Men rượu', amount: 2, unit: 'kg', lot: 'M-7' };

    const page = view({
      sources: [{ product: 'Na tươi', lotNumber: 'NA-1' }],
      batch: { ...facts.batch, inputs: [input] },
      product: { ...facts.product, story: `${'Chuyện dài. '.repeat(80)}\n\nĐoạn hai.` },
    });

    expect(page.sources).to.deep.equal([
      { name: 'Na tươi', detail: 'lô NA-1' },
      { name: 'Men rượu', detail: '2\u00A0kg, lô M-7' },
    ]);
    expect(page.story?.mark).to.equal('Hợp tác xã tự kể, chưa ai xác minh.');
    expect(page.story?.paragraphs).to.have.length(1);
    expect(page.story?.paragraphs[0]).to.have.length.below(602);
    expect(page.story?.moreHref).to.equal('/p/na-dai-la-hien-0000000001');
    expect(view().sources).to.equal(undefined);
    expect(view().story).to.equal(undefined);
  });

  it('says who verified a certificate and when, and when nobody did', () => {
    const [ocop, vietgap] = view().certificates.items;

    expect(ocop).to.include({ title: 'OCOP 4 sao, mã', vouched: 'Cơ quan cấp tỉnh xác minh 24/07/2026', pending: '' });
    expect(vietgap).to.include({ vouched: '', pending: 'Hợp tác xã gửi lên, chưa ai xác minh' });
  });

  it('never lends a star to a sibling, in either direction', () => {
    const certified = view();
    const none = view({
      verdict: { state: 'none' },
      certificates: [],
      siblings: [{ name: 'Chè đinh', verdict: verdicts[0]!.verdict }],
    });

    expect(certified.certificates.siblings).to.equal('Rượu na của cùng chủ thể chưa được chứng nhận OCOP.');
    expect(none.verdict.more).to.equal('Hạng sao của Chè đinh không áp dụng cho sản phẩm này.');
    expect(none.verdict.stars).to.have.length(0);
  });

  it('tells what held when the lot was made apart from what holds today', () => {
    const past: StarVerdict = { ...verdicts[0]!.verdict, stars: 3 } as StarVerdict;

    const then = view({ madeOn: '2022-04-12', verdictWhenMade: past }).certificates.then;

    expect(then).to.equal(
      'Ngày 12/04/2022, khi lô này ra đời: OCOP 3 sao, còn hiệu lực. Hôm nay: OCOP 4 sao, còn hiệu lực.',
    );
  });

  it('tells nothing of a household that did not agree, in page and JSON', () => {
    const { producer } = someFacts();
    const household = {
      producer: {
        ...producer,
        kind: 'household' as const,
        legalName: 'Hoàng Thị Kín',
        hotline: '0912345678',
        address: { ...producer.address, street: 'Xóm Kín' },
      },
      publicName: '',
      publicPhone: '',
      hidesPhotos: true,
      hidesPlaces: true,
    };

    const texts = allText(household) + JSON.stringify(traceJson(someFacts(household)));

    expect(texts).to.not.match(/Kín|0912/);
    expect(texts).to.include('Hộ sản xuất (không nêu tên)');
  });

  it('tells nothing finer than the commune of a place that is shown so, in page, map and JSON', () => {
    const facts = someFacts({
      sites: [anOrchard({ publicPrecision: 'commune', name: 'Vườn bà Kín', plantingAreaCode: 'VN-KIN' })],
    });

    const texts = [tracePageView('vi', facts, options), traceMapView('vi', facts), traceJson(facts)]
      .map((one) => JSON.stringify(one))
      .join();

    expect(texts).to.not.match(/Kín|KIN|105\.9|21\.7|18,7/);
    expect(texts).to.include('Vườn cây, xã La Hiên');
  });

  it('asks for no picture wider than 360 px of a reader who saves data', () => {
    const picture = tracePageView('vi', someFacts(), { ...options, saveData: true }).picture;

    expect(JSON.stringify(picture)).to.not.include('720');
  });

  it('keeps people out of the JSON', () => {
    const json = JSON.stringify(traceJson(someFacts()));

    expect(json).to.not.match(/userId|byUser|confirmedBy/i);
  });
});
