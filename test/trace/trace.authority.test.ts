// Whom to call when the register has no answer: the operator's setting, on the pages that need it and on no other.
import { expect } from 'chai';
import { issueCode } from '../../src/codes/trace-code.ts';
import { aLabelledLot } from '../support/a-scan.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';

const authority = { name: 'Chi cục <Phát triển> nông thôn', phone: '0900000008' };

describe("the authority's phone", () => {
  let named: TestApp;
  let unnamed: TestApp;
  before(async () => {
    named = await testApp({ authority });
    unnamed = await testApp({ authority: { name: 'Chi cục', phone: '' } });
  });
  after(async () => {
    await named.close();
    await unnamed.close();
  });

  const unknownIn = (app: TestApp): string => issueCode(app.deps.keys.codeKey, { run: 9_999_999, unit: 0 });

  it('stands on the page of an unknown and of a mistyped code, in both languages, as text', async () => {
    for (const path of [`/T/${unknownIn(named)}`, '/T/7K3M-9QUC-2A4Y']) {
      const vi = await named.as(undefined).page(path);
      const en = await named.as(undefined).page(`${path}?lang=en`);

      expect(vi.text, path).to.include('href="tel:0900000008"');
      expect(vi.text, path).to.include('Gọi Chi cục &lt;Phát triển&gt; nông thôn: 0900\u00A0000\u00A0008');
      expect(en.text, path).to.include('Call Chi cục &lt;Phát triển&gt; nông thôn: 0900\u00A0000\u00A0008');
    }
  });

  it('is where a report about an unknown code leads', async () => {
    const report = await named.as(undefined).page(`/T/${unknownIn(named)}/report`);
    const help = await named.as(undefined).page(report.headers.get('location') ?? '');

    expect(report.status).to.equal(303);
    expect(help.status).to.equal(404);
    expect(help.text).to.include('href="tel:0900000008"');
  });

  it('is not asked of people whose code is known', async () => {
    const lot = await aLabelledLot(named);

    const page = await named.as(undefined).page(lot.page);

    expect(page.status).to.equal(200);
    expect(page.text).not.to.include('0900000008');
  });

  it('is left out where the operator gives no number', async () => {
    const help = await unnamed.as(undefined).page(`/T/${unknownIn(unnamed)}`);

    expect(help.status).to.equal(404);
    expect(help.text).not.to.include('data-test="authority"');
  });
});
