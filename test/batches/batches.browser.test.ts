// The pages of batches and materials on a small phone: nothing that axe-core minds, no sideways scroll at 320 px and with text twice as large.
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aBatch, aFarm, sendStep } from '../support/factories.batches.ts';
import { aMaterial, aMove } from '../support/factories.materials.ts';
import { axeFaults, openPhone, sidewaysScroll, signIn, startBrowser } from '../support/phone.ts';

const longName = 'Phân hữu cơ vi sinh đa dinh dưỡng chuyên dùng cho cây ăn quả vùng núi đá vôi cao';

describe('the pages of batches and materials on a phone', function () {
  this.timeout(120_000);
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

  it('fit a screen of 320 px with long texts, also with text twice as large, and suit everybody', async () => {
    const farm = await aFarm(app);
    const material = await aMaterial(app, farm.owner, farm.producer.id, { name: longName, waitDays: undefined });
    await aMove(app, farm.owner, material.id, { supplier: 'Đ'.repeat(120), lot: 'L'.repeat(60) });
    await aMove(app, farm.owner, material.id, { kind: 'out', amount: 99, on: '2026-08-02' });
    const source = await aBatch(app, { farm });
    const inputs = [{ name: 'N'.repeat(120), amount: 1.5, unit: 'k'.repeat(30), lot: 'L'.repeat(60) }];
    const { batch } = await aBatch(app, { farm, parts: { inputs, madeFrom: [source.batch.id] } });
    await sendStep(app, farm.owner, batch.id, { kind: 'spray', material: undefined, materialId: material.id });
    const page = await openPhone(browser, app, { width: 320 });
    await signIn(page, app, farm.owner);
    const faults: string[] = [];

    for (const path of [
      '/app/materials?q=phan&sort=name&kind=pesticide',
      '/app/materials/new',
      `/app/materials/${material.id}`,
      `/app/materials/${material.id}/edit`,
      `/app/materials/${material.id}/moves/new?kind=in`,
      '/app/batches?state=open',
      `/app/batches/${batch.id}`,
      `/app/batches/${batch.id}/edit`,
      `/app/batches/${batch.id}/closing`,
      `/app/batches/${batch.id}/history`,
      `/app/batches/${batch.id}/steps/new`,
    ]) {
      await page.goto(path);
      faults.push(...(await axeFaults(page)).map((fault) => `${path} ${fault}`));
      for (const textPercent of [100, 200])
        if ((await sidewaysScroll(page, textPercent)) > 0) faults.push(`${path} is too wide at ${textPercent} %`);
    }

    expect(faults).to.deep.equal([]);
    await page.context().close();
  });
});
