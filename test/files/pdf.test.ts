// Papers in PDF: what is in them is said, and their pages become pictures within limits.
import { deflateSync } from 'node:zlib';
import { expect } from 'chai';
import sharp from 'sharp';
import { activePartsOf } from '../../src/files/pdf-active.ts';
import { drawPdfPage, lookAtPdf } from '../../src/files/pdf.ts';
import { aPaper, aRawPaper } from '../support/papers.ts';

const pages = '<</Type/Pages/Kids[3 0 R]/Count 1>>';
const page = '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]/Resources<<>>>>';
const withCatalogue = (more: string, ...objects: (string | Buffer)[]): Buffer =>
  aRawPaper([`<</Type/Catalog/Pages 2 0 R${more}>>`, pages, page, ...objects]);

const packed = (text: string): Buffer => {
  const bytes = deflateSync(Buffer.from(text));
  const head = `<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length ${bytes.length}>>stream\n`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\nendstream')]);
};

describe('a paper in PDF', function () {
  this.timeout(60_000);

  const table: { what: string; bytes: () => Buffer | Promise<Buffer>; active: string[] }[] = [
    { what: 'of text', bytes: () => aPaper(), active: [] },
    { what: 'with a script', bytes: () => aPaper({ script: 'app.alert(1)' }), active: ['script'] },
    {
      what: 'with a script whose name is in hex',
      bytes: () => withCatalogue('/OpenAction<</S/J#61vaScript>>'),
      active: ['script'],
    },
    {
      what: 'with a script in a packed stream',
      bytes: () => withCatalogue('', packed('1 0 <</S/JavaScript/JS(1)>>')),
      active: ['script'],
    },
    {
      what: 'that starts a program',
      bytes: () => withCatalogue('/OpenAction<</S/Launch/F(cmd.exe)>>'),
      active: ['launch'],
    },
    { what: 'with a file inside', bytes: () => aPaper({ attached: Buffer.from('MZ') }), active: ['embedded'] },
    {
      what: 'with a form that sends',
      bytes: () => withCatalogue('/OpenAction<</S/SubmitForm/F(http://x)>>'),
      active: ['form-sending'],
    },
    {
      what: 'with names that only begin alike',
      bytes: () => withCatalogue('/JSON 1/Launcher 2/JavaScripts 3'),
      active: [],
    },
    { what: 'with a stream that is no stream', bytes: () => Buffer.from('%PDF-1.7\n/ObjStm stream\nx'), active: [] },
  ];
  for (const { what, bytes, active } of table) {
    it(`${what} is said to hold ${active.join() || 'nothing that runs'}`, async () => {
      expect(activePartsOf(await bytes())).to.deep.equal(active);
    });
  }

  it('opens with its number of pages, each of which becomes a picture', async () => {
    const bytes = await aPaper({ pages: 3, script: 'app.alert(1)' });

    const look = await lookAtPdf(bytes);
    const drawn = await drawPdfPage(bytes, 3);
    const beyond = await drawPdfPage(bytes, 4);

    expect(look).to.deep.equal({ state: 'ok', pageCount: 3, active: ['script'] });
    const { format, width, height } = await sharp(drawn).metadata();
    expect([format, width, height]).to.deep.equal(['webp', 1131, 1600]);
    // Something is written on it.
    const { channels } = await sharp(drawn).stats();
    expect([channels[0]?.max, (channels[0]?.min ?? 255) < 80]).to.deep.equal([255, true]);
    expect(beyond).to.equal(undefined);
  });

  it('with a password, broken, without a page or cut off says so', async () => {
    const whole = await aPaper({ pages: 2 });

    const states = [];
    for (const bytes of [
      await aPaper({ password: 'x' }),
      Buffer.from('%PDF-1.7\n% x\n%%EOF'),
      aRawPaper(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[]/Count 0>>']),
      whole.subarray(0, 300),
    ])
      states.push((await lookAtPdf(bytes)).state);

    expect(states).to.deep.equal(['encrypted', 'broken', 'empty', 'broken']);
  });

  it('of any size of paper stays within 1600 pixels', async () => {
    const sizes = [];
    for (const size of [
      [14_400, 14_400],
      [3, 14_400],
      [14_400, 3],
    ] as [number, number][]) {
      const { width, height } = await sharp(await drawPdfPage(await aPaper({ size }), 1)).metadata();
      sizes.push([width, height]);
    }

    expect(sizes).to.deep.equal([
      [1600, 1600],
      [1, 1600],
      [1600, 1],
    ]);
  });

  it('that takes too long or too much memory is given up, and the next one opens', async () => {
    const long = await lookAtPdf(await aPaper(), { milliseconds: 1, memoryBytes: 400_000_000 });
    // A form that draws itself a thousand times, each of which draws the next a thousand times.
    const forms = Array.from({ length: 8 }, (_, place) => {
      const draws = `/F${place + 5} Do `.repeat(1000);
      const stream = place === 7 ? '0 0 200 300 re f ' : draws;
      const next = place === 7 ? '' : `/F${place + 5} ${place + 6} 0 R`;
      return `<</Type/XObject/Subtype/Form/BBox[0 0 200 300]/Resources<</XObject<<${next}>>>>/Length ${stream.length}>>stream\n${stream}\nendstream`;
    });
    const draw = '/F4 Do';
    const bomb = aRawPaper([
      '<</Type/Catalog/Pages 2 0 R>>',
      pages,
      '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]/Contents 4 0 R/Resources<</XObject<</F4 5 0 R>>>>>>',
      `<</Length ${draw.length}>>stream\n${draw}\nendstream`,
      ...forms,
    ]);
    const heavy = await drawPdfPage(bomb, 1, { milliseconds: 2000, memoryBytes: 400_000_000 });
    const large = await lookAtPdf(Buffer.concat([await aPaper(), Buffer.alloc(24_000_000)]), {
      milliseconds: 20_000,
      memoryBytes: 20_000_000,
    });

    expect([long.state, heavy, large.state]).to.deep.equal(['too-heavy', undefined, 'too-heavy']);
    expect((await lookAtPdf(await aPaper())).state).to.equal('ok');
  });
});
