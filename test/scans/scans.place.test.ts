import type { IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { openPlaces, placeFromWords } from '../../src/scans/scans.place.service.ts';
import { provinces } from '../../src/units/provinces.types.ts';

const asked = (headers: Record<string, string>): IncomingMessage =>
  ({ headers, socket: { remoteAddress: '127.0.0.1' } }) as unknown as IncomingMessage;

describe('the place of a scan', () => {
  it('is read from codes of today, ISO codes of the 63 provinces, and names old and new', () => {
    const cases: [string, string][] = [
      ['19', '19'],
      ['VN-69', '19'],
      ['VN-53', '19'],
      ['VN-SG', '79'],
      ['VN-57', '79'],
      ['Bắc Kạn', '19'],
      ['Ho Chi Minh', '79'],
      ['Thanh Hoa', '38'],
      ['', ''],
      ['99', ''],
      ['Vientiane', ''],
    ];
    for (const [words, place] of cases) expect(placeFromWords(words), words).to.equal(place);
    for (const { code, name } of provinces) expect(placeFromWords(name), name).to.equal(code);
  });

  it('believes a header only behind a trusted proxy', async () => {
    const trusted = await openPlaces({ header: 'X-Province', file: '', trustedProxies: 1 });
    const alone = await openPlaces({ header: 'X-Province', file: '', trustedProxies: 0 });

    expect(trusted(asked({ 'x-province': 'VN-69' }))).to.equal('19');
    expect(trusted(asked({}))).to.equal('');
    expect(alone(asked({ 'x-province': 'VN-69' }))).to.equal('');
  });

  it('refuses to start with a file that is none', async () => {
    const refused = await openPlaces({ header: '', file: '/nowhere.mmdb', trustedProxies: 0 }).catch(
      (error: unknown) => error,
    );

    expect(refused).to.be.an('error');
  });
});
