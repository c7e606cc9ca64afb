// When the dossier for the next rating is due: on the page of a label, for the producer's people and the officers of its scope only.
import { expect } from 'chai';
import type { Actor, Role } from '../../src/actor.ts';
import { aLabelledLot, aVerifiedStar } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anAdmin, anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';

const line = 'Kỳ nộp hồ sơ đánh giá lại từ 24/07/2026 đến 22/09/2026.';

const a = (role: Role): Actor => ({ userId: uuidv7(), name: 'Người Mẫu', roles: [role] });

describe('the window for the next rating', () => {
  let app: TestApp;
  let lot: LabelledLot;
  before(async () => {
    app = await testApp();
    lot = await aLabelledLot(app);
    await aVerifiedStar(app, lot, { issuedOn: '2024-01-20', lastDayPrinted: '2027-01-20' });
  });
  after(() => app.close());

  it('is told to the people of the producer and to the officers of its commune, its province and the ministry', async () => {
    const { communeCode = '' } = lot.producer.address;
    const insiders = [
      lot.owner,
      a({ kind: 'recorder', producerId: lot.producer.id }),
      a({ kind: 'commune-officer', communeCode }),
      lot.officer,
      a({ kind: 'ministry-officer' }),
    ];
    for (const actor of insiders) {
      const page = await app.as(actor).page(lot.page);

      expect(page.text, actor.roles[0]?.kind).to.include(line).and.include('Còn hiệu lực đến 20/01/2027');
      expect(page.headers.get('cache-control')).to.equal('private, no-cache');
    }
    expect((await app.as(lot.owner).page(`${lot.page}?lang=en`)).text).to.include('from 24/07/2026 to 22/09/2026');
  });

  it('is told to nobody else: buyers, other producers, officers of other places, the digital team, administrators', async () => {
    const { communeCode = '' } = lot.producer.address;
    const others = [
      undefined,
      aProducerUser(uuidv7()),
      a({ kind: 'commune-officer', communeCode: '05716' }),
      anOfficer('01'),
      a({ kind: 'digital-team', communeCode }),
      anAdmin(),
    ];
    for (const actor of others) {
      const page = await app.as(actor).page(lot.page);

      expect(page.status).to.equal(200);
      expect(page.text, actor?.roles[0]?.kind ?? 'buyer').not.to.include('Kỳ nộp hồ sơ');
      expect(page.headers.get('cache-control')).to.equal('no-cache');
    }
  });

  it('is another answer than the one that buyers get, so that no copy of one stands for the other', async () => {
    const inside = await app.as(lot.owner).page(lot.page);
    const etag = inside.headers.get('etag') ?? '';

    const again = await app.as(lot.owner).page(lot.page, { 'if-none-match': etag });
    const outside = await app.as(undefined).page(lot.page, { 'if-none-match': etag });

    expect(again.status).to.equal(304);
    expect(again.headers.get('cache-control')).to.equal('private, no-cache');
    expect(outside.status).to.equal(200);
    expect(outside.text).not.to.include('Kỳ nộp hồ sơ');
  });

  it('ends with its last day', async () => {
    app.setNow('2026-09-22T23:59:00+07:00');
    const last = await app.as(lot.owner).page(lot.page);
    app.setNow('2026-09-23T00:00:00+07:00');
    const over = await app.as(lot.owner).page(lot.page);

    expect(last.text).to.include(line);
    expect(over.text).not.to.include('Kỳ nộp hồ sơ');
  });
});
