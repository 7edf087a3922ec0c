// One case with one engine, as dev.cairn.system.bench.peer.PeerCaseWorkload does it: prints one JSON line.
// node case.mjs ENGINE CASE SIZE RUNS [TRACE]
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { engines } from './engines.mjs';
import { expected, script } from './scripts.mjs';

const [engineName, label, sizeText, runsText, file] = process.argv.slice(2);
const size = Number(sizeText), runs = Number(runsText);
const [name, mode] = [label.slice(0, label.indexOf('/')), label.slice(label.indexOf('/') + 1)];
const { replica } = await engines[engineName]();
const EDITS_PER_COMMIT = 100000;
const WARMUP_SECONDS = 4, PATIENCE_SECONDS = 10;
const seconds = since => Number(process.hrtime.bigint() - since) / 1e9;

function timed(prepare, task) {
  const start = process.hrtime.bigint();
  const once = () => {
    const given = prepare();
    const from = process.hrtime.bigint();
    task(given);
    return seconds(from);
  };
  const first = once();
  for (let i = 0; (i < 3 || seconds(start) < WARMUP_SECONDS) && seconds(start) < PATIENCE_SECONDS / 2; i++) once();
  const warm = [], cpu = [];
  while (!warm.length || (warm.length < runs && seconds(start) < PATIENCE_SECONDS)) {
    const given = prepare();
    const before = process.cpuUsage(), from = process.hrtime.bigint();
    task(given);
    warm.push(seconds(from));
    const used = process.cpuUsage(before);
    cpu.push((used.user + used.system) / 1e6);
  }
  const median = all => all.sort((a, b) => a - b)[Math.ceil(all.length / 2) - 1];
  return { first, median: median(warm), best: Math.min(...warm), cpu: median(cpu), runs: warm.length };
}

function play(device, [, kind, text, number, other]) {
  if (kind === 'put') device.put(text, number);
  if (kind === 'insert') device.insert(number, text);
  if (kind === 'add') {
    if (!device.add) unsupported();
    device.add(number);
  }
  if (['elements', 'move', 'nodes', 'place', 'mark'].includes(kind)) {
    if (!device[kind]) unsupported();
    device[kind](number, other);
  }
  device.commit();
}

function unsupported() {
  console.log(JSON.stringify({ workload: 'peers', engine: engineName, case: label, size, unsupported: true }));
  process.exit(0);
}

function record(what) {
  const devices = Array.from({ length: what.devices }, (_, i) => replica(i));
  const byDevice = devices.map(() => []), causal = [];
  const gather = () => devices.map((device, i) => {
    const changes = device.drain();
    byDevice[i].push(...changes);
    causal.push(...changes);
    return changes;
  });
  for (const step of what.steps) {
    if (step) {
      play(devices[step[0]], step);
      continue;
    }
    const fresh = gather();
    devices.forEach((device, i) => device.apply(fresh.flatMap((changes, j) => (j === i ? [] : changes))));
  }
  gather();
  return { causal, byDevice: byDevice.flat() };
}

function ofScript() {
  const what = script(name, size);
  const want = expected(what);
  const pieces = device => (device.pieces ? device.pieces() : 0);
  const show = device =>
    (want.keys ? device.keys() : want.count ? device.count() : want.pieces ? pieces(device) : device.text());
  const same = device => device.text().length === want.length && device.keys() === want.keys
    && device.count() === want.count && pieces(device) === want.pieces;
  let prepare, task;
  if (mode === 'local') {
    prepare = () => replica(0);
    task = device => { what.steps.forEach(step => step && play(device, step)); show(device); };
  } else {
    const recorded = record(what);
    const changes = mode === 'by-device' ? recorded.byDevice : recorded.causal;
    prepare = () => replica(9999);
    task = device => {
      if (mode === 'one-by-one') changes.forEach(each => device.apply([each]));
      else device.apply(changes);
      show(device);
    };
  }
  const timing = timed(prepare, task);
  const device = prepare();
  task(device);
  return { timing, match: same(device) };
}

function trace() {
  const raw = readFileSync(file);
  return JSON.parse(raw[0] === 0x1f ? gunzipSync(raw) : raw);
}

function edit(device, [position, deleted, inserted]) {
  if (deleted) device.remove(position, deleted);
  if (inserted) device.insert(position, inserted);
}

function edited({ txns, endContent }) {
  const patches = txns.flatMap(txn => txn.patches).slice(0, size);
  const task = device => {
    patches.forEach((patch, i) => {
      edit(device, patch);
      if (mode === 'local' || (i + 1) % EDITS_PER_COMMIT === 0) device.commit();
    });
    device.commit();
    device.text();
  };
  const prepare = () => replica(0);
  const timing = timed(prepare, task);
  const device = prepare();
  task(device);
  const whole = patches.length === txns.reduce((sum, txn) => sum + txn.patches.length, 0);
  return { timing, match: !whole || device.text() === endContent, saved: device };
}

/** Every agent makes its transactions at exactly the version at which they were made, as few changes as can be. */
function merged({ txns, endContent, numAgents }) {
  const children = new Array(txns.length).fill(0), last = new Array(numAgents).fill(-1), first = [], lastOf = [];
  txns.forEach(txn => txn.parents.forEach(parent => children[parent]++));
  txns.forEach(({ parents, agent }, i) => {
    const joins = parents.length === 1 && parents[0] === last[agent] && children[parents[0]] === 1;
    first[i] = joins ? first[parents[0]] : i;
    lastOf[first[i]] = i;
    last[agent] = i;
  });
  const devices = Array.from({ length: numAgents }, (_, i) => replica(i));
  const known = devices.map(() => new Array(numAgents).fill(0)), made = devices.map(() => []), seen = [], all = [];
  txns.forEach(({ parents, agent }, i) => {
    if (first[i] !== i) return;
    const version = new Array(numAgents).fill(0);
    for (const parent of parents) seen[first[parent]].forEach((n, a) => { version[a] = Math.max(version[a], n); });
    const missing = [];
    version.forEach((n, other) => {
      for (; other !== agent && known[agent][other] < n; known[agent][other]++) {
        missing.push(...made[other][known[agent][other]]);
      }
    });
    if (missing.length) devices[agent].apply(missing);
    for (let j = i; j <= lastOf[i]; j++) {
      if (first[j] === i) txns[j].patches.forEach(patch => edit(devices[agent], patch));
    }
    devices[agent].commit();
    const changes = devices[agent].drain();
    made[agent].push(changes);
    all.push(...changes);
    version[agent]++;
    known[agent][agent]++;
    seen[i] = version;
  });
  const prepare = () => replica(9999);
  const task = device => { device.apply(all); device.text(); };
  const timing = timed(prepare, task);
  const device = prepare();
  task(device);
  return { timing, match: device.text() === endContent, saved: device };
}

const { timing, match, saved } = !file ? ofScript() : mode === 'batch' ? merged(trace()) : edited(trace());
const row = {
  workload: 'peers', engine: engineName, case: label, size,
  seconds: timing.median, bestSeconds: timing.best, cpuSeconds: timing.cpu, firstSeconds: timing.first, runs: timing.runs,
  perSecond: Math.round(size / timing.median), match,
};
if (saved) {
  const bytes = saved.saved();
  const load = timed(() => bytes, given => saved.loaded(given));
  Object.assign(row, { savedBytes: bytes.length, loadMillis: load.median * 1e3, loadFirstMillis: load.first * 1e3 });
}
console.log(JSON.stringify(row));
process.exit(0);
