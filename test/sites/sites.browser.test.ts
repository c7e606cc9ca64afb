// Drawing a site on a real screen: by taps, by keyboard alone, by walking around it with the phone, and when the map or the signal is away.
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import type { Actor } from '../../src/actor.ts';
import { listSites } from '../../src/sites/sites.service.ts';
import type { Site } from '../../src/sites/sites.types.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anOfficer } from '../support/factories.ts';
import { twoCommunes } from '../support/factories.outlines.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aSite } from '../support/factories.sites.ts';
import { axeFaults, openPhone, sidewaysScroll, signIn, startBrowser } from '../support/phone.ts';

describe('drawing a site', function () {
  this.timeout(120_000);
  let app: TestApp;
  let browser: Browser;
  let owner: Actor;
  let producerId: string;
  let page: Page;

  before(async () => {
    app = await testApp();
    await twoCommunes(app);
    browser = await startBrowser();
  });
  after(async () => {
    await browser.close();
    await app.close();
  });
  beforeEach(async () => {
    const made = await aProducer(app);
    owner = made.owner;
    producerId = made.producer.id;
    page = await openPhone(browser, app);
    await signIn(page, app, owner);
  });
  afterEach(() => page.context().close());

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const status = () => page.locator('.mat-ve [role=status]');
  const typedPlace = () => page.getByLabel('Vị trí', { exact: true }).inputValue();
  const openMap = async (path = '/app/sites/new') => {
    await page.goto(path);
    await button('Mở bản đồ để vẽ').click();
    await page.locator('.leaflet-container').waitFor();
    await page.locator('path.leaflet-interactive, .leaflet-overlay-pane path').first().waitFor({ state: 'attached' });
  };
  /** Taps the map at a share of its width and height. */
  const tapMap = async (x: number, y: number) => {
    const frame = page.locator('.song');
    await frame.scrollIntoViewIfNeeded();
    const box = await frame.boundingBox();
    if (box === null) throw new Error('no map');
    await page.touchscreen.tap(box.x + box.width * x, box.y + box.height * y);
  };
  const save = async (name = 'Vườn vẽ tay'): Promise<Site> => {
    await page.getByLabel('Tên gọi', { exact: true }).fill(name);
    await page.getByLabel('Loại', { exact: true }).selectOption('orchard');
    await button('Lưu vùng sản xuất').click();
    await page.getByRole('heading', { name, level: 2 }).waitFor();
    const [site] = await listSites(app.db, owner, producerId);
    if (site === undefined) throw new Error('no site');
    return site;
  };

  it('by taps, corner after corner, takes one back, closes the outline and tells the area that is then stored', async () => {
    await openMap();
    await page.getByLabel('Vẽ ranh', { exact: true }).check();

    await tapMap(0.4, 0.3);
    await tapMap(0.7, 0.3);
    await tapMap(0.7, 0.7);
    await tapMap(0.55, 0.9);
    await button('Bỏ góc vừa đặt').click();
    await tapMap(0.4, 0.7);
    await status()
      .getByText(/Diện tích .* 4 góc/)
      .waitFor();
    await button('Khép ranh').click();
    await tapMap(0.5, 0.5);
    await status().getByText('Ranh đã khép', { exact: false }).waitFor();
    const told = /\(([\d.]+)/.exec(await status().innerText())?.[1] ?? '';

    expect((await typedPlace()).split('\n')).to.have.length(4);
    const site = await save();
    expect(site.geometry.type === 'Polygon' && site.geometry.coordinates[0]).to.have.length(5);
    expect(String(site.areaSquareMetres)).to.equal(told.replaceAll('.', ''));
    expect(site.communeCode).to.equal('05740');
  });

  it('as one point moves with the next tap', async () => {
    await openMap();

    await tapMap(0.4, 0.4);
    const first = await typedPlace();
    await tapMap(0.6, 0.6);
    const second = await typedPlace();
    await status().getByText('Đã chấm một điểm').waitFor();

    expect(first.split('\n')).to.have.length(1);
    expect(second.split('\n')).to.have.length(1);
    expect(second).to.not.equal(first);
    expect((await save()).geometry.type).to.equal('Point');
  });

  it('by keyboard alone: corners placed at the cross, typed, changed and removed', async () => {
    await openMap();
    await page.getByLabel('Chấm một điểm').focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('.leaflet-container').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await button('Thêm một góc bằng chữ').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('xóm Mẫu');
    await page.keyboard.press('Tab');
    await page.getByText('Không đọc được dòng 3', { exact: false }).first().waitFor();
    await page.getByLabel('Góc 3', { exact: true }).fill("21°43.2'B 105°55.8'Đ");
    await page.keyboard.press('Enter');
    await status()
      .getByText(/Diện tích .* 3 góc/)
      .waitFor();
    await button('Thêm một góc bằng chữ').press('Enter');
    await page.keyboard.type('21.76, 105.93');
    await page.keyboard.press('Enter');
    await status()
      .getByText(/Diện tích .* 4 góc/)
      .waitFor();
    await button('Xoá góc 4').press('Enter');
    await status()
      .getByText(/Diện tích .* 3 góc/)
      .waitFor();

    expect((await typedPlace()).split('\n')).to.have.length(3);
    expect(await page.locator('#goc-3:focus').count()).to.equal(1);
    const site = await save();
    expect(site.geometry.type === 'Polygon' && site.geometry.coordinates[0]).to.deep.include([105.93, 21.72]);
  });

  it('shows where an outline crosses itself, and the pasted one of any field', async () => {
    await openMap();

    await page
      .getByLabel('Vị trí', { exact: true })
      .fill('21.72, 105.93\n21.722, 105.932\n21.72, 105.932\n21.722, 105.93');
    await status().getByText('cắt chính nó gần điểm 21.721, 105.931', { exact: false }).waitFor();

    expect(await page.locator('.goc.sai-cho').count()).to.equal(1);
    expect(await page.getByLabel('Góc 4', { exact: true }).inputValue()).to.equal('21.722, 105.93');
  });

  it('offers an exchanged place and the commune of the map, each by a button, and takes neither by itself', async () => {
    await openMap();

    await page.getByLabel('Vị trí', { exact: true }).fill('106.05, 21.75');
    await button('Lấy vị trí đã đổi lại').click();
    await button('Lấy Xã Võ Nhai').waitFor();
    expect(await typedPlace()).to.equal('21.75, 106.05');
    expect(await page.getByLabel('Mã xã, phường').inputValue()).to.equal('05740');
    await button('Lấy Xã Võ Nhai').click();

    expect(await save()).to.include({ communeCode: '05716', communeName: 'Xã Võ Nhai' });
  });

  it('by walking around it: a corner where the phone stands, not where it is unsure', async () => {
    const context = page.context();
    await context.grantPermissions(['geolocation']);
    await openMap();
    await page.getByLabel('Đi quanh vườn', { exact: true }).check();
    const corners = [
      [21.72, 105.93],
      [21.72, 105.931],
      [21.721, 105.931],
    ] as const;

    for (const [place, [latitude, longitude]] of corners.entries()) {
      await context.setGeolocation({ latitude, longitude, accuracy: 5 });
      await button('Thêm góc ở chỗ tôi đứng').click();
      await page.getByLabel(`Góc ${place + 1}`, { exact: true }).waitFor();
    }
    await context.setGeolocation({ latitude: 21.8, longitude: 105.9, accuracy: 90 });
    await button('Thêm góc ở chỗ tôi đứng').click();
    await status().getByText('Sai số tới 90 m nên chưa lấy', { exact: false }).waitFor();

    expect(await button('Vẫn lấy chỗ này').count()).to.equal(1);
    expect(await typedPlace()).to.equal('21.72, 105.93\n21.72, 105.931\n21.721, 105.931');
    await button('Khép ranh').click();
    expect((await save()).areaSquareMetres).to.be.within(5_700, 5_750);
  });

  it('says in words that the phone may not tell its position', async () => {
    await openMap();

    await button('Lấy chỗ tôi đứng').click();

    await status().getByText('Điện thoại không cho trang này biết vị trí', { exact: false }).waitFor();
  });

  it('keeps the corners in the field without signal, and says so', async () => {
    await openMap();
    await page.getByLabel('Vẽ ranh', { exact: true }).check();
    await page.context().setOffline(true);

    for (const [x, y] of [
      [0.4, 0.3],
      [0.7, 0.3],
      [0.7, 0.7],
    ] as const)
      await tapMap(x, y);
    await status().getByText('Chưa có sóng', { exact: false }).waitFor();
    await page.context().setOffline(false);

    expect((await typedPlace()).split('\n')).to.have.length(3);
    expect((await save()).areaSquareMetres).to.be.above(0);
  });

  it('brings back what was cleared or left behind by marking one point instead', async () => {
    const site = await aSite(app, { producerId, owner });
    await openMap(`/app/sites/${site.id}/edit`);
    const whole = await typedPlace();

    await page.getByLabel('Chấm một điểm', { exact: true }).check();
    const point = await typedPlace();
    await button('Lấy lại').click();
    const back = await typedPlace();
    await button('Xoá hết').click();
    const cleared = await typedPlace();
    await button('Lấy lại').click();

    expect([point, back, cleared, await typedPlace()]).to.deep.equal(['21.72, 105.93', whole, '', whole]);
  });

  it('leaves an outline of several plots whole', async () => {
    const plot = (west: number) => `21.72, ${west}\n21.72, ${west + 0.001}\n21.721, ${west + 0.001}`;
    await openMap();

    await page.getByLabel('Vị trí', { exact: true }).fill(`${plot(105.93)}\n\n${plot(105.94)}`);
    await status()
      .getByText(/Diện tích .* 6 góc/)
      .waitFor();

    const site = await save();
    expect(site.geometry.type === 'MultiPolygon' && site.geometry.coordinates).to.have.length(2);
  });

  it('works on the plain grid where no outlines were imported', async () => {
    const { producer, owner: other } = await aProducer(app, {
      parts: { address: { communeCode: '00004', communeName: 'Phường Ba Đình', provinceCode: '01', street: '' } },
    });
    const desk = await openPhone(browser, app, { width: 1280 });
    await signIn(desk, app, other);
    await desk.goto('/app/sites/new');
    await desk.getByRole('button', { name: 'Mở bản đồ để vẽ' }).click();
    await desk.getByText('Chưa có bản đồ nền của tỉnh', { exact: false }).waitFor();

    expect(await desk.locator('.o-luoi').count()).to.be.above(0);
    expect(await desk.locator('.leaflet-control-scale-line').innerText()).to.match(/m$/);
    expect(await listSites(app.db, other, producer.id)).to.deep.equal([]);
    await desk.context().close();
  });

  it('asks no other server, and axe-core finds nothing wrong on a small phone, with large text and at a desk', async () => {
    const name = 'Vườn Ngoằn Ngoèo Khuỷu Tay Ễnh Ương '.repeat(3).slice(0, 80).trim();
    const site = await aSite(app, { producerId, owner, parts: { name, plantingAreaCode: 'X'.repeat(40) } });
    const office = anOfficer('19');
    const faults: string[] = [];
    for (const width of [320, 1280])
      for (const [person, paths] of [
        [
          owner,
          ['/app/sites', '/app/sites?q=x', '/app/sites/new', `/app/sites/${site.id}`, `/app/sites/${site.id}/edit`],
        ],
        [office, [`/office/sites/${site.id}`, `/office/producers/${producerId}/sites`]],
      ] as const) {
        const own = await openPhone(browser, app, { width });
        own.on('request', (request) => {
          if (!request.url().startsWith(app.url) && !request.url().startsWith('data:')) faults.push(request.url());
        });
        own.on('pageerror', (error) => faults.push(String(error)));
        const userId = `${person.userId.slice(0, -4)}${String(width).padStart(4, '0')}`;
        await signIn(own, app, { ...person, userId });
        for (const path of paths) {
          await own.goto(path);
          const opener = own.getByRole('button', { name: 'Mở bản đồ để vẽ' });
          if ((await opener.count()) > 0) {
            await opener.click();
            await own.locator('.leaflet-control-scale-line').waitFor();
          }
          await own.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
          faults.push(...(await axeFaults(own)).map((fault) => `${width} ${path} ${fault}`));
          const wider = [await sidewaysScroll(own, 100), await sidewaysScroll(own, 200)];
          if (Math.max(...wider) > 0) faults.push(`${width} ${path} scrolls sideways by ${wider.join(' and ')}`);
        }
        await own.context().close();
      }

    expect(faults).to.deep.equal([]);
  });
});
