// Makes a Markdown table of the JSON lines of ./run or "./bench peers": node table.mjs FILE...
// Each cell is changes per second of the processor, which other work on the machine disturbs least, and in brackets how
// many times as fast Cairn is in the same case.
import { readFileSync } from 'node:fs';

const rows = process.argv.slice(2).flatMap(file => readFileSync(file, 'utf8').split('\n'))
  .filter(line => line.startsWith('{')).map(line => JSON.parse(line)).filter(row => row.workload === 'peers')
  .map(row => (row.cpuSeconds ? { ...row, perSecond: row.size / row.cpuSeconds } : row));
const engines = [...new Set(rows.map(row => row.engine))];
const cases = [...new Set(rows.map(row => row.case))];

const short = n => (n >= 1e6 ? (n / 1e6).toPrecision(3) + ' M' : n >= 1e3 ? (n / 1e3).toPrecision(3) + ' k' : String(n));
const found = (label, engine) => rows.filter(row => row.case === label && row.engine === engine);
const speed = (label, engine) => found(label, engine).find(row => row.perSecond);

function cell(label, engine, full) {
  const all = found(label, engine);
  if (!all.length) return '';
  if (all.some(row => row.unsupported)) return 'has none';
  const late = all.find(row => row.notFinishedInSeconds);
  const best = speed(label, engine);
  if (!best) return late ? `not in ${late.notFinishedInSeconds} s` : 'failed';
  const own = speed(label, 'cairn');
  const ratio = engine === 'cairn' || !own ? '' : ` (${(own.perSecond / best.perSecond).toPrecision(2)}x)`;
  const part = best.size < full ? `, ${short(best.size)} only` : '';
  return short(best.perSecond) + ratio + part + (best.match ? '' : ', **wrong result**');
}

console.log(`| case | size | ${engines.join(' | ')} |`);
console.log(`|---|---|${engines.map(() => '---|').join('')}`);
for (const label of cases) {
  const full = Math.max(...rows.filter(row => row.case === label).map(row => row.size));
  console.log(`| ${label} | ${full.toLocaleString('en')} | ${engines.map(e => cell(label, e, full)).join(' | ')} |`);
}
console.log(`\n| saved history | ${engines.join(' | ')} |\n|---|${engines.map(() => '---|').join('')}`);
for (const label of cases.filter(each => rows.some(row => row.case === each && row.savedBytes))) {
  const full = Math.max(...rows.filter(row => row.case === label).map(row => row.size));
  const cells = engines.map(engine => {
    const row = speed(label, engine);
    return row && row.savedBytes && row.size === full
      ? `${row.savedBytes.toLocaleString('en')} B, opens in ${row.loadMillis.toPrecision(3)} ms` : '';
  });
  console.log(`| ${label} | ${cells.join(' | ')} |`);
}
