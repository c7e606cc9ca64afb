// Entries that can't be sent stay on the phone: without signal, and after the owner put the phone out. Sent once it is in again, each is stored once.
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import type { Batch } from '../../src/batches/batches.types.ts';
import { journalOf } from '../../src/steps/steps.service.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aBatch } from '../support/factories.batches.ts';
import type { Farm } from '../support/factories.batches.ts';
import { uuidv7 } from '../support/factories.ts';
import { axeFaults, openPhone, sidewaysScroll, startBrowser } from '../support/phone.ts';
import { aJpeg } from '../support/pictures.ts';

describe('entries that wait on the phone', function () {
  this.timeout(60_000);
  let app: TestApp;
  let browser: Browser;
  let farm: Farm & { batch: Batch };
  let photo: { name: string; mimeType: string; buffer: Buffer };
  let page: Page;
  let memberId: string;

  const kept = () => page.locator('[data-test=kept]');
  const storedSteps = () => journalOf(app.db, farm.batch.id);
  const ownersPost = async (path: string, json: object) => (await app.as(farm.owner).post(path, json)).body;
  const joinAgain = async (): Promise<void> => {
    const { code } = await ownersPost(`/api/v1/members/${memberId}/codes`, {});
    await page.goto(`/join/${String(code)}`);
    await page.locator('[data-test=join-confirm] button').click();
    await page.waitForURL('**/app');
  };
  const putOut = async (): Promise<void> => {
    const { devices } = (await app.as(farm.owner).get(`/api/v1/members/${memberId}`)).body as {
      devices: { id: string }[];
    };
    for (const { id } of devices) await ownersPost(`/api/v1/members/${memberId}/devices/${id}/end`, {});
  };
  /** Fills the form in and presses save. */
  const write = async (note: string): Promise<void> => {
    await page.goto(`/app/batches/${farm.batch.id}/steps/new`);
    await fillIn(note);
  };
  const fillIn = async (note: string): Promise<void> => {
    await page.locator('label:has(#kind-water)').tap();
    const field = page.locator('[name=note]');
    if (!(await field.isVisible())) await page.locator('details.them summary').tap();
    await field.fill(note);
    await page.locator('#photos').setInputFiles([photo]);
    await page.locator('[data-test=step] .luu button').tap();
  };

  before(async () => {
    app = await testApp();
    browser = await startBrowser();
    photo = { name: 'anh.jpg', mimeType: 'image/jpeg', buffer: await aJpeg({ colour: '#336633' }) };
  });
  beforeEach(async () => {
    farm = await aBatch(app);
    memberId = uuidv7();
    const member = { id: memberId, name: 'Lò Thị Ghi', agreed: true };
    await ownersPost(`/api/v1/producers/${farm.producer.id}/members`, member);
    page = await openPhone(browser, app);
    await joinAgain();
  });
  afterEach(() => page.context().close());
  after(async () => {
    await browser.close();
    await app.close();
  });

  it('survive a reload and the end of the session, and are stored once after joining again', async () => {
    await page.goto(`/app/batches/${farm.batch.id}/steps/new`);
    await page.context().setOffline(true);
    await fillIn('Tưới lúc mất sóng');
    await kept().waitFor();
    const offline = await kept().innerText();
    await putOut();
    await page.context().setOffline(false);

    await page.reload();
    await kept().waitFor();
    const atSignIn = { url: new URL(page.url()), words: await kept().innerText(), all: await page.innerText('main') };
    await kept().getByRole('button', { name: 'Gửi' }).tap();
    await page.getByText('nhờ chủ thể cho quét lại mã QR').waitFor();
    const stillOut = await storedSteps();
    await joinAgain();
    await kept().getByRole('button', { name: 'Gửi' }).tap();
    await page.waitForURL(/saved=step$/);

    expect(offline).to.contain('Bài ghi còn trên máy, chưa gửi.').and.contain('Tưới nước').and.contain('Kèm 1 ảnh');
    expect([atSignIn.url.pathname, atSignIn.url.searchParams.get('ended')]).to.deep.equal(['/sign-in', '1']);
    expect(atSignIn.all).to.contain('Phiên trên máy này đã kết thúc hoặc bị thu hồi.');
    expect(atSignIn.words).to.contain('nhờ chủ thể cho quét lại mã QR, rồi bấm Gửi.').and.contain('Kèm 1 ảnh');
    expect(stillOut).to.deep.equal([]);
    const [entry, second] = await storedSteps();
    expect([entry?.note, entry?.photos.length, second]).to.deep.equal(['Tưới lúc mất sóng', 1, undefined]);
    await page.goto('/app');
    expect(await kept().count()).to.equal(0);
  });

  it('are kept when the phone was put out while the form was open, and the empty form takes the next one', async () => {
    await page.goto(`/app/batches/${farm.batch.id}/steps/new`);
    await putOut();
    await fillIn('Bài thứ nhất');
    await kept().getByText('Bài ghi vẫn còn trên máy').waitFor();
    await fillIn('Bài thứ hai');
    await page.locator('[data-test=kept-entry]').nth(1).waitFor();
    await joinAgain();

    for (const left of [1, 0]) {
      await page.locator('[data-test=kept-entry]').first().getByRole('button', { name: 'Gửi' }).tap();
      if (left === 1) await page.locator('[data-test=kept-entry]').nth(1).waitFor({ state: 'detached' });
    }
    await page.waitForURL(/saved=step$/);

    expect((await storedSteps()).map(({ note }) => note)).to.have.members(['Bài thứ nhất', 'Bài thứ hai']);
  });

  it('are stored once when the answer was lost on the way', async () => {
    let lost = 0;
    await page.route('**/steps', async (route) => {
      await route.fetch({ maxRedirects: 0 });
      lost += 1;
      await route.abort('connectionreset');
    });
    await write('Câu trả lời bị mất');
    await kept().waitFor();
    await page.unroute('**/steps');
    await kept().getByRole('button', { name: 'Gửi' }).tap();
    await page.waitForURL(/saved=step$/);

    expect(lost).to.equal(1);
    expect((await storedSteps()).map(({ note }) => note)).to.deep.equal(['Câu trả lời bị mất']);
  });

  it('hold signing out back, go to a file with their photos, and go for good after one question', async () => {
    await page.goto(`/app/batches/${farm.batch.id}/steps/new`);
    await page.context().setOffline(true);
    await fillIn('Để ra tệp');
    await kept().waitFor();
    await page.context().setOffline(false);
    await page.goto('/app/me');
    await page.getByRole('button', { name: 'Đăng xuất' }).tap();
    const told = await page.getByText('Máy còn 1 bài ghi chưa gửi.').innerText();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      kept().getByRole('button', { name: 'Xuất ra tệp' }).tap(),
    ]);
    const file = JSON.parse(await readFile(await download.path(), 'utf8')) as { fields: Record<string, string>[] };
    const questions: string[] = [];
    page.on('dialog', (dialog) => {
      questions.push(dialog.message());
      void (questions.length === 1 ? dialog.dismiss() : dialog.accept());
    });
    await kept().getByRole('button', { name: 'Bỏ bài ghi này' }).tap();
    const afterNo = await kept().count();
    await kept().getByRole('button', { name: 'Bỏ bài ghi này' }).tap();
    await kept().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Đăng xuất' }).tap();
    await page.waitForURL('**/sign-in');

    expect(told).to.contain('rồi mới đăng xuất được');
    expect(file.fields).to.deep.include({ name: 'note', value: 'Để ra tệp' });
    const picture = file.fields.find(({ name }) => name === 'photos');
    expect(picture?.['data']).to.equal(`data:image/jpeg;base64,${photo.buffer.toString('base64')}`);
    expect([questions.length, afterNo]).to.deep.equal([2, 1]);
    expect(await storedSteps()).to.deep.equal([]);
  });

  it('are not kept when a field is wrong: the form comes back with what was typed', async () => {
    await page.goto(`/app/batches/${farm.batch.id}/steps/new`);
    await page.locator('details.them summary').tap();
    await page.locator('[name=note]').fill('Quên chọn việc');
    await page.locator('[data-test=step] .luu button').tap();
    await page.locator('#form-summary').waitFor();

    expect(await page.locator('[name=note]').inputValue()).to.equal('Quên chọn việc');
    expect(await page.locator('#kind-error').count()).to.equal(1);
    expect(await kept().count()).to.equal(0);
    await fillIn('Đã chọn việc');
    await page.waitForURL(/saved=step$/);
  });

  it('show without a fault for axe-core on a page of 320 pixels', async () => {
    await page.goto(`/app/batches/${farm.batch.id}/steps/new`);
    await page.context().setOffline(true);
    await fillIn('Xem cho vừa màn hình');
    await kept().waitFor();
    await page.context().setOffline(false);

    await page.setViewportSize({ width: 320, height: 800 });
    const faults = await axeFaults(page);

    expect(faults).to.deep.equal([]);
    expect([await sidewaysScroll(page, 100), await sidewaysScroll(page, 200)]).to.deep.equal([0, 0]);
  });
});
