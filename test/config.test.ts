import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { isLocalAddress, readConfig, settingNames } from '../src/config.ts';
import { projectFolder } from '../src/project-root.ts';

describe('config', () => {
  it('runs without any setting', () => {
    const config = readConfig({});

    expect(config).to.include({
      port: 3000,
      host: '127.0.0.1',
      databaseName: 'ocop-trace',
      trustedProxies: 0,
      logLevel: 'info',
    });
    expect(config.baseUrl).to.equal(undefined);
    expect(config.mongodbUri).to.equal(undefined);
    expect(Object.isFrozen(config)).to.equal(true);
  });

  it('reports every fault together, each with the name of its setting', () => {
    const read = () =>
      readConfig({
        PORT: 'eighty',
        BASE_URL: 'truyxuat.vn',
        MONGODB_URI: 'localhost:27017',
        CODE_KEY: 'secret',
        LOG_LEVEL: 'loud',
      });

    expect(read).to.throw(/^Configuration: /);
    for (const name of ['PORT', 'BASE_URL', 'MONGODB_URI', 'CODE_KEY', 'LOG_LEVEL'])
      expect(read).to.throw(new RegExp(`${name} `));
  });

  it('never repeats the value of a wrong secret', () => {
    expect(() => readConfig({ CODE_KEY: 'hunter2hunter2' }))
      .to.throw()
      .with.property('message')
      .that.does.not.include('hunter2');
  });

  it('keeps the phone of the authority as digits, and refuses what is no phone number', () => {
    const { authority } = readConfig({ AUTHORITY_PHONE: '+84 208 385 5050', AUTHORITY_NAME: ' Chi cục ' });

    expect(authority).to.deep.equal({ name: 'Chi cục', phone: '02083855050' });
    expect(readConfig({}).authority).to.deep.equal({ name: '', phone: '' });
    expect(() => readConfig({ AUTHORITY_PHONE: '113' })).to.throw(/AUTHORITY_PHONE is not/);
  });

  it('takes an empty setting as one that is not given', () => {
    expect(readConfig({ BASE_URL: '', PORT: '' })).to.include({ port: 3000, baseUrl: undefined });
  });

  it('drops the slash at the end of BASE_URL and refuses a query in it', () => {
    expect(readConfig({ BASE_URL: 'https://truyxuat.example.vn/' }).baseUrl).to.equal('https://truyxuat.example.vn');
    expect(() => readConfig({ BASE_URL: 'https://truyxuat.example.vn/?a=1' })).to.throw(/BASE_URL/);
  });

  for (const [address, isLocal] of [
    ['http://localhost:3000', true],
    ['http://127.0.0.1', true],
    ['http://192.168.1.20:3000', true],
    ['http://10.0.0.5', true],
    ['http://172.16.0.1', true],
    ['http://172.32.0.1', false],
    ['http://[::1]:3000', true],
    ['http://may-chu', true],
    ['http://truyxuat.local', true],
    ['https://truyxuat.thainguyen.gov.vn', false],
    ['https://8.8.8.8', false],
  ] as const) {
    it(`counts ${address} as ${isLocal ? 'local: only samples are printed' : 'public'}`, () => {
      expect(isLocalAddress(address)).to.equal(isLocal);
    });
  }

  it('is described setting by setting in .env.example and README.md', () => {
    const example = readFileSync(projectFolder('.env.example'), 'utf8');
    const readme = readFileSync(projectFolder('README.md'), 'utf8');

    for (const name of settingNames) {
      expect(example).to.match(new RegExp(`^# .+\\n${name}=`, 'm'));
      expect(readme).to.include(`| \`${name}\` |`);
    }
  });
});
