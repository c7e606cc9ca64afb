// Producers on real screens: the pages fit a small phone and a desk, and the commune is found while its name is typed.
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { importProducers } from '../../src/producers/producers.import.service.ts';
import { requireProducer } from '../../src/producers/producers.service.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anAdmin, anOfficer } from '../support/factories.ts';
import { anImportedProducer, aProducer } from '../support/factories.producers.ts';
import { axeFaults, openPhone, sidewaysScroll, signIn, startBrowser } from '../support/phone.ts';

describe('producers on a screen', function () {
  this.timeout(60_000);
  let app: TestApp;
  let browser: Browser;

  before(async () => {
    app = await testApp();
    browser = await startBrowser();
  });
  after(async () => {
    await browser.close();
    await app.close();
  });

  it('fit 320 pixels and a desk with the longest words, and axe-core finds nothing wrong', async () => {
    const { producer, owner } = await aProducer(app, {
      parts: {
        legalName: 'Hợp tác xã Ngoằn Ngoèo Khuỷu Tay Ễnh Ương '.repeat(5).slice(0, 200).trim(),
        registrationNumber: '4'.repeat(40),
        story: 'Nguyễn Ngoằn Ngoèo. '.repeat(150),
        shops: Array.from({ length: 10 }, (_, n) => ({ url: `https://shopee.vn/${'nuong-mau'.repeat(20)}-${n}` })),
      },
    });
    const household = await aProducer(app, { approved: false, parts: { kind: 'household', story: '', hotline: '' } });
    const ids = await importProducers(app.db, anAdmin(), [anImportedProducer()], app.deps.clock());
    const [unclaimed = ''] = ids.values();
    const office = (id: string) => `/office/producers/${id}`;
    const own = (id: string) => `/app/producers/${id}`;
    const visits = [
      { person: owner, width: 320, paths: ['/app/me', own(producer.id), `${own(producer.id)}/edit`] },
      {
        person: household.owner,
        width: 320,
        paths: [own(household.producer.id), `${own(household.producer.id)}/edit`],
      },
      ...[320, 1280].map((width) => ({
        person: anOfficer('19'),
        width,
        paths: [
          '/office/producers',
          `/office/producers?q=${'khong-co'.repeat(12)}`,
          '/office/producers/new',
          office(producer.id),
          `${office(producer.id)}/edit`,
          office(unclaimed),
          `${office(unclaimed)}/claim`,
        ],
      })),
    ];

    const faults: string[] = [];
    for (const { person, width, paths } of visits) {
      const page = await openPhone(browser, app, { width });
      await signIn(page, app, person);
      for (const path of paths) {
        await page.goto(path);
        await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
        faults.push(...(await axeFaults(page)).map((fault) => `${width} ${path} ${fault}`));
        const wider = [await sidewaysScroll(page, 100), await sidewaysScroll(page, 200)];
        if (Math.max(...wider) > 0) faults.push(`${width} ${path} scrolls sideways by ${wider.join(' and ')}`);
      }
      await page.context().close();
    }

    expect(faults).to.deep.equal([]);
  });

  it('are moved by choosing the name of the commune, which writes its code', async () => {
    const { producer, officer } = await aProducer(app);
    const page = await openPhone(browser, app);
    await signIn(page, app, officer);
    await page.goto(`/office/producers/${producer.id}/edit`);

    await page.locator('[name="address.communeName"]').fill('Xã Tân Cương');
    await page.locator('[name="address.communeName"]').blur();
    const code = await page.locator('[name="address.communeCode"]').inputValue();
    await page.getByText('Lưu thay đổi').tap();
    await page.locator('.xong').waitFor();

    expect(code).to.equal('05503');
    expect((await requireProducer(app.db, producer.id)).address).to.include({
      communeCode: '05503',
      communeName: 'Xã Tân Cương',
    });
    await page.context().close();
  });
});
