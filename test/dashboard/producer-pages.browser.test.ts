// The producers' pages on a real phone screen: three taps without script, no sideways scroll, nothing that axe-core minds.
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { journalOf } from '../../src/steps/steps.service.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aBatch, aStep } from '../support/factories.batches.ts';
import type { Farm } from '../support/factories.batches.ts';
import { axeFaults, openPhone, sidewaysScroll, signIn, startBrowser } from '../support/phone.ts';

describe("the producers' pages on a phone", function () {
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

  it('record a watering from the home page in three taps, without typing and without script', async () => {
    const { owner, batch } = await aBatch(app);
    const page = await openPhone(browser, app, { script: false });
    await signIn(page, app, owner);
    await page.goto('/app');

    await page.getByText('Ghi việc hôm nay').tap();
    await page.locator('label', { hasText: 'Tưới nước' }).tap();
    const save = page.getByRole('button', { name: 'Lưu việc này' });
    const box = await save.boundingBox();
    await save.tap();

    await page.getByText('Đã lưu việc vừa ghi.').waitFor();
    expect((box?.y ?? 800) + (box?.height ?? 0)).to.be.at.most(800);
    const [entry] = await journalOf(app.db, batch.id);
    expect(entry?.step).to.include({ kind: 'water', doneOn: '2026-09-04' });
    await page.context().close();
  });

  it('record a watering by keyboard alone', async () => {
    const { owner, batch } = await aBatch(app);
    const page = await openPhone(browser, app);
    await signIn(page, app, owner);
    await page.goto(`/app/batches/${batch.id}/steps/new`);

    await page.locator('#kind-fertilise').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');

    await page.getByText('Đã lưu việc vừa ghi.').waitFor();
    expect((await journalOf(app.db, batch.id))[0]?.step.kind).to.equal('water');
    await page.context().close();
  });

  it('ask for the waiting time only with a spray, and for a day only when it is another one', async () => {
    const { owner, batch } = await aBatch(app);
    const page = await openPhone(browser, app, { script: false });
    await signIn(page, app, owner);
    await page.goto(`/app/batches/${batch.id}/steps/new`);
    const shown = async () => [
      await page.locator('#waitDays').isVisible(),
      await page.locator('#otherDay').isVisible(),
    ];

    const atFirst = await shown();
    await page.locator('label', { hasText: 'Phun thuốc' }).tap();
    await page.locator('label', { hasText: 'Ngày khác' }).tap();

    expect(atFirst).to.deep.equal([false, false]);
    expect(await shown()).to.deep.equal([true, true]);
    await page.context().close();
  });

  const pagesOf = (farm: Farm, batchId: string): string[] => [
    '/app',
    '/app/record?choose=1',
    '/app/me',
    '/app/batches',
    `/app/batches/new?product=${farm.product.id}`,
    `/app/batches/${batchId}`,
    `/app/batches/${batchId}/steps/new`,
    `/app/batches/${batchId}/packing`,
    '/app/labels',
    `/app/batches/${batchId}/labels`,
  ];

  const aSeason = async (): Promise<{ farm: Farm; batchId: string }> => {
    const { batch, ...farm } = await aBatch(app, { parts: { lotNumber: 'NA-260105-03' } });
    await aStep(app, farm.owner, batch.id, { kind: 'prune', doneOn: '2026-02-03' });
    await aStep(app, farm.owner, batch.id, { kind: 'spray', doneOn: '2026-08-15', waitDays: 30 });
    await aStep(app, farm.owner, batch.id, { kind: 'bag-fruit', doneOn: '2026-08-16', amount: 200, unit: 'quả' });
    return { farm, batchId: batch.id };
  };

  const spoilForms = async (page: Page): Promise<void> => {
    const save = page.locator('.luu button, .nut button').first();
    if ((await save.count()) === 0) return;
    // A browser's own check may keep the form; else it is sent, by itself or by the script that keeps entries, which goes on afterwards.
    const answered = page.waitForResponse((answer) => answer.request().method() === 'POST', { timeout: 2000 });
    await save.click();
    await answered.catch(() => undefined);
    await page.waitForTimeout(500);
    await page.waitForLoadState();
  };

  it('have nothing that axe-core minds, with and without faults in their forms', async () => {
    const { farm, batchId } = await aSeason();
    // Tall, for axe takes what lies half under the bottom bar for too small a target.
    const page = await openPhone(browser, app, { height: 3000 });
    await signIn(page, app, farm.owner);
    const faults: Record<string, string[]> = {};

    for (const path of pagesOf(farm, batchId)) {
      await page.goto(path);
      const asOpened = await axeFaults(page);
      await spoilForms(page);
      const found = [...asOpened, ...(await axeFaults(page))];
      if (found.length > 0) faults[path] = found;
    }

    expect(faults).to.deep.equal({});
    await page.context().close();
  });

  it('never scroll sideways, at 320 pixels and with text of twice the size', async () => {
    const { farm, batchId } = await aSeason();
    const narrow = await openPhone(browser, app, { width: 320 });
    await signIn(narrow, app, farm.owner);
    const overflow: Record<string, number[]> = {};

    for (const path of pagesOf(farm, batchId)) {
      await narrow.setViewportSize({ width: 320, height: 800 });
      await narrow.goto(path);
      const atNarrow = await sidewaysScroll(narrow);
      await narrow.setViewportSize({ width: 360, height: 800 });
      const withLargeText = await sidewaysScroll(narrow, 200);
      if (atNarrow > 0 || withLargeText > 0) overflow[path] = [atNarrow, withLargeText];
    }

    expect(overflow).to.deep.equal({});
    await narrow.context().close();
  });
});
