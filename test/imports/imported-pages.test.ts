// What the README says of the real list, and what the public reads of every product that comes from it.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { ImportCounts } from '../../src/imports/imports.types.ts';
import { paths } from '../../src/paths.ts';
import { productModel } from '../../src/products/products.model.ts';
import { requireProduct, slugOf } from '../../src/products/products.service.ts';
import { projectFolder } from '../../src/project-root.ts';
import { testApp } from '../support/app.ts';
import { anAdmin } from '../support/factories.ts';
import { sendList } from '../support/lists.ts';
import { skipWithoutReference } from '../support/reference.ts';

const whys = [
  'Có trong danh sách công nhận, chưa được cán bộ xác minh',
  'Hội đồng đã chấm, nguồn chưa nêu quyết định công nhận',
  'Nguồn ghi: đã đưa ra khỏi danh sách OCOP',
  'Được xếp tiềm năng 5 sao, chưa được công nhận 5 sao',
  'Hồ sơ trên phần mềm chấm điểm, chưa phải là công nhận',
];
const visibleText = (html: string): string => html.replace(/<style[\s\S]*?<\/style>/g, '').replace(/<[^>]+>/g, ' ');

describe('the real list', function () {
  this.timeout(120_000);

  it('is stored with the counts of the README, and each product has a page that shows no stars and says why', async function () {
    const bytes = readFileSync(skipWithoutReference(this, 'data/ocop-products-sample.csv'));
    const app = await testApp();
    const sent = await sendList(app, bytes);
    await app.as(anAdmin()).post(`/api/v1/imports/${sent.id}/storing`, {});
    const ids = (await productModel(app.db).find({}, { _id: 1 }).lean<{ _id: string }[]>()).map(({ _id }) => _id);

    const wrong: string[] = [];
    for (const id of ids) {
      const path = paths.product(slugOf(await requireProduct(app.db, id)));
      const page = await app.as(undefined).page(path);
      const text = visibleText(page.text);
      const saysWhy = whys.some((why) => text.includes(why)) && text.includes('chỉ hiện sao khi');
      const showsStars = page.text.includes('href="#sao"') || /OCOP \d sao|Còn hiệu lực/.test(text);
      if (page.status !== 200 || !saysWhy || showsStars) wrong.push(path);
    }

    expect(ids).to.have.length(197);
    expect(wrong).to.deep.equal([]);
    const { rows, new: stored, leftOut, reasons, remarks } = sent.body['counts'] as ImportCounts;
    const kept = ['kept-scored', 'kept-removed', 'kept-potential', 'kept-in-scoring'].map((key) => remarks[key] ?? 0);
    const [scored = 0, removed = 0, potential = 0, inScoring = 0] = kept;
    const others = scored + removed + potential + inScoring;
    const readme = readFileSync(projectFolder('README.md'), 'utf8');
    expect(readme)
      .to.include(`Of the ${rows} rows`)
      .and.include(`${stored} are stored: ${stored - others} recognitions`);
    expect(readme).to.include(`${others} kept as what their source calls them (${scored} scored by a council`);
    expect(readme).to.include(
      `${removed} removed after 36 months, ${potential} potential, ${inScoring} in the scoring`,
    );
    expect(readme).to.include(
      `${leftOut} are left out: ${reasons['no-owner']} name no owner, ${reasons['no-stars']} are`,
    );
    await app.close();
  });
});
