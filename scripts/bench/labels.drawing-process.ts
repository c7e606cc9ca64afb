// A process that only draws: `node … labels.drawing-process.ts 1000 10000` draws runs of so many unit labels as A4 sheets, one after the other,
// and prints for each what it took, how large the file was, and the most memory the process had by then.
import { traceUrl } from '../../src/codes/digital-link.ts';
import { issueCodes, makeCodeKey } from '../../src/codes/trace-code.ts';
import { pressSheet } from '../../src/labels/labels.press.ts';

const key = makeCodeKey(Buffer.alloc(32, 5));

const draw = async (count: number) => {
  const startedMs = performance.now();
  let [bytes, mostRss] = [0, 0];
  const pieces = pressSheet(
    {
      layout: 'a4-65',
      lang: 'vi',
      heading: 'Hợp tác xã (đo)',
      sample: true,
      startAt: 1,
      offsetMm: { x: 0, y: 0 },
      cutLines: false,
      createdAt: new Date(0),
      count,
      shared: { productName: 'Na dai La Hiên', lotNumber: 'NA-260902-03', useByText: 'HSD 09/09/2026' },
    },
    (from, end) =>
      [...issueCodes(key, 3, from, end - from)].map((code) => [traceUrl('https://nongsan.example.vn', code), code]),
  );
  for await (const piece of pieces) {
    bytes += piece.length;
    mostRss = Math.max(mostRss, process.memoryUsage.rss());
  }
  return { count, milliseconds: performance.now() - startedMs, bytes, mostRss };
};

// The thread and its fonts are loaded once a process, not once a run.
await draw(65);
for (const count of process.argv.slice(2).map(Number)) console.log(JSON.stringify(await draw(count)));
