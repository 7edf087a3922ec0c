// Every case with every engine, of the JVM and of npm, each in a process of its own which is ended after a limit: a case
// that takes longer is reported, and tried again at a tenth of the size. The engines of the JVM have their turn case by
// case with the others, so that a ratio compares what was measured minutes apart.
// node all.mjs BENCH LIMIT_SECONDS RUNS PAPER FRIENDS [ENGINES [CASES]]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [bench, limit, runs, paper, friends, wantedEngines, wantedCases] = process.argv.slice(2);
const JVM = ['cairn', 'automerge-java'];
const wanted = (wantedEngines || [...JVM, 'yjs', 'loro', 'json-joy', 'automerge'].join()).split(',');
const engines = wanted.filter(engine => !JVM.includes(engine)), ofJvm = wanted.filter(engine => JVM.includes(engine));
const cases = [
  ['paper/one-commit', 259778], ['paper/local', 259778], ['friends/batch', 26078],
  ['map/batch', 100000], ['map/one-by-one', 100000], ['map/by-device', 100000],
  ['text/batch', 100000], ['text/one-by-one', 100000], ['text/by-device', 100000],
  ['random-inserts/local', 60000], ['concurrent-inserts/batch', 12000], ['hot-key/batch', 1549],
  ['counter/batch', 100000], ['list-moves/batch', 100000], ['tree-moves/batch', 100000], ['marks/batch', 10000],
];
const SIZE_MIN = 500;
const MORE_SECONDS_ON_JVM = 25; // the virtual machine is warmed up for longer, twice where what is saved is opened, too
const program = fileURLToPath(new URL('case.mjs', import.meta.url));

function onJvm(label) {
  const seconds = Number(limit) + MORE_SECONDS_ON_JVM;
  const given = ['peers', '--paper', paper, '--friends', friends, '--limit', seconds, '--runs', runs];
  const done = spawnSync(bench, [...given, '--engines', ofJvm.join(), '--cases', label], { stdio: 'inherit' });
  if (done.status !== 0) console.error(`peers: ${bench} failed at ${label}, see above`);
}

for (const [label, full] of cases) {
  if (wantedCases && !wantedCases.split(',').includes(label)) continue;
  if (ofJvm.length) onJvm(label);
  const file = label.startsWith('paper') ? paper : label.startsWith('friends') ? friends : undefined;
  for (const engine of engines) {
    for (let size = full; size >= SIZE_MIN; size = Math.floor(size / 10)) {
      const given = [program, engine, label, size, runs, ...(file ? [file] : [])];
      const done = spawnSync(process.execPath, given, {
        timeout: limit * 1000, killSignal: 'SIGKILL', stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8',
      });
      if (done.stdout.trim()) {
        process.stdout.write(done.stdout);
        break;
      }
      const why = done.error ? { notFinishedInSeconds: Number(limit) } : { failed: done.status ?? done.signal };
      console.log(JSON.stringify({ workload: 'peers', engine, case: label, size, ...why }));
      if (!done.error || label === 'friends/batch') break;
    }
  }
}
