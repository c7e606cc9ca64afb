import { expect } from 'chai';
import { deviceLabel, sessionEnd } from '../../src/accounts/sessions.rules.ts';

const day = 86_400_000;
const at = (milliseconds: number) => new Date(Date.UTC(2026, 0, 1) + milliseconds);

describe('the end of a session', () => {
  const end = (by: 'password' | 'link' | 'device', renewedAfter: number) =>
    sessionEnd({ by, createdAt: at(0) }, at(renewedAfter * day));

  it('is 30 days after its last renewal, at the latest 180 days after sign-in', () => {
    expect(end('password', 0)).to.deep.equal(at(30 * day));
    expect(end('link', 100)).to.deep.equal(at(130 * day));
    expect(end('password', 170)).to.deep.equal(at(180 * day));
  });

  it('leaves a recorder’s phone a season: 120 days of rest, 240 days in all', () => {
    expect(end('device', 0)).to.deep.equal(at(120 * day));
    expect(end('device', 100)).to.deep.equal(at(220 * day));
    expect(end('device', 200)).to.deep.equal(at(240 * day));
  });
});

describe('the name of a device', () => {
  const cases: [string, string][] = [
    [
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36',
      'Android, Chrome',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
      'iPhone, Safari',
    ],
    [
      'Mozilla/5.0 (Linux; Android 12; SM-A045F; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36 Zalo android/12100690',
      'Android, Zalo',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0',
      'Windows, Edge',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Linux, Firefox'],
    ['curl/8.5.0', ''],
    ['', ''],
    ['<script>alert(1)</script> Android', 'Android'],
  ];

  for (const [userAgent, label] of cases)
    it(`is '${label}' for ${userAgent.slice(0, 60) || 'none'}`, () => {
      expect(deviceLabel(userAgent)).to.equal(label);
    });
});
