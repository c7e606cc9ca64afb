import { expect } from 'chai';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findAptMirror } from '../../src/db/apt-mirror.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const stanzas = `Types: deb
URIs: https://packages.example.org/apt
Suites: bookworm
Components: tools
Signed-By: /usr/share/keyrings/tools.gpg

# The archive.
Types: deb deb-src
URIs: http://deb.example.org/debian
 http://other.example.org/debian
Suites: bookworm bookworm-updates
Components: main
 contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
Enabled: no
URIs: http://off.example.org/debian
Suites: sid
Components: main
`;

const lines = `# deb http://off.example.org/ubuntu jammy main
deb-src http://src.example.org/ubuntu jammy main
deb cdrom:[Ubuntu 22.04]/ jammy main
deb [arch=amd64 signed-by=/usr/share/keyrings/a.gpg] https://vn.example.org/ubuntu jammy main restricted # near
deb http://plain.example.org/ubuntu noble universe main
`;

describe("the machine's package mirror", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
    await mkdir(path.join(folder, 'sources.list.d'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is read from stanzas, with the keyring that belongs to it', async () => {
    await writeFile(path.join(folder, 'sources.list.d', 'debian.sources'), stanzas);

    const mirror = await findAptMirror('bookworm', folder);

    expect(mirror).to.deep.equal({
      uri: 'http://deb.example.org/debian',
      signedBy: '/usr/share/keyrings/debian-archive-keyring.gpg',
    });
    expect(await findAptMirror('sid', folder)).to.equal(undefined);
  });

  it('is read from one-line entries, without discs, sources and comments', async () => {
    await writeFile(path.join(folder, 'sources.list'), lines);

    expect(await findAptMirror('jammy', folder)).to.deep.equal({
      uri: 'https://vn.example.org/ubuntu',
      signedBy: '/usr/share/keyrings/a.gpg',
    });
    expect(await findAptMirror('noble', folder)).to.deep.equal({
      uri: 'http://plain.example.org/ubuntu',
      signedBy: undefined,
    });
  });

  it('is unknown where apt is not', async () => {
    expect(await findAptMirror('bookworm', path.join(folder, 'none'))).to.equal(undefined);
  });
});
