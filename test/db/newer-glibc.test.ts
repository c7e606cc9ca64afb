import { expect } from 'chai';
import { isNewEnough, readRelease } from '../../src/db/newer-glibc.ts';

describe('the C library for the embedded engine', () => {
  it('is new enough from 2.38 on', () => {
    expect(
      [
        [2, 36],
        [2, 37],
        [2, 38],
        [2, 41],
        [3, 0],
      ].map((version) => isNewEnough(version as [number, number])),
    ).to.deep.equal([false, false, true, true, true]);
  });

  it('is looked for in the newer release of the same family', () => {
    const debian = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\n';
    const ubuntu = 'ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=jammy\nUBUNTU_CODENAME=jammy\n';
    const mint = 'ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_CODENAME=vera\nUBUNTU_CODENAME=jammy\n';
    const fedora = 'ID=fedora\nVERSION_ID=36\n';

    expect(readRelease(debian)).to.deep.equal({ family: 'debian', codename: 'bookworm' });
    expect(readRelease(ubuntu)).to.deep.equal({ family: 'ubuntu', codename: 'jammy' });
    expect(readRelease(mint)).to.deep.equal({ family: 'ubuntu', codename: 'jammy' });
    expect(readRelease(fedora)).to.equal(undefined);
  });
});
