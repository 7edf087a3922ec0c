// The scripts of dev.cairn.system.bench.peer.Script, step for step: [device, kind, text, number, other], or null for a sync.
const PIECES = 1000, MARKED = 10000;

export function script(name, changes) {
  let random = 42;
  const next = below => {
    random = (Math.imul(random, 1664525) + 1013904223) | 0;
    return (random >>> 8) % below;
  };
  const steps = [];
  let lengths = [], cursors = [], seen = 0, total = 0;
  const letter = () => String.fromCharCode(97 + next(26));
  const insert = (device, position, text) => {
    lengths[device] += text.length;
    return [device, 'insert', text, position];
  };
  const doing = {
    map: device => [device, 'put', 'k' + next(10000), next(1000000)],
    'hot-key': device => [device, 'put', 'hot', device],
    counter: device => [device, 'add', '', 1 + next(9)],
    character: device => {
      const position = next(lengths[device] + 1);
      return insert(device, position, letter());
    },
    move: device => [device, 'move', '', next(PIECES), next(PIECES)],
    place: device => [device, 'place', '', next(PIECES), next(PIECES)],
    mark: device => {
      const start = next(MARKED - 10);
      return [device, 'mark', '', start, start + 1 + next(10)];
    },
    text: device => {
      let at = Math.min(cursors[device], lengths[device]);
      if (next(20) === 0) at = next(lengths[device] + 1);
      let word = '';
      for (let i = 2 + next(6); i > 0; i--) word += letter();
      word += ' ';
      cursors[device] = at + word.length;
      return insert(device, at, word);
    },
  };
  const rounds = (devices, each, sync, step) => {
    lengths = new Array(devices).fill(0);
    cursors = new Array(devices).fill(0);
    let done = 0;
    while (done < changes) {
      for (let device = 0; device < devices; device++) {
        for (let i = 0; i < each && done < changes; i++, done++) steps.push(step(device));
      }
      if (sync) {
        for (; seen < steps.length; seen++) {
          if (steps[seen] && steps[seen][1] === 'insert') total += steps[seen][2].length;
        }
        lengths.fill(total);
        steps.push(null);
      }
    }
    return { devices, steps };
  };
  const after = step => steps.push(step, null);
  switch (name) {
    case 'map': return rounds(10, 100, true, doing.map);
    case 'text': return rounds(10, 100, true, doing.text);
    case 'counter': return rounds(10, changes, false, doing.counter);
    case 'random-inserts': return rounds(1, changes, false, doing.character);
    case 'concurrent-inserts': return rounds(2, (changes + 1) >> 1, false, doing.character);
    case 'hot-key': return rounds(changes, 1, false, doing['hot-key']);
    case 'list-moves': after([0, 'elements', '', PIECES]); return rounds(10, 100, true, doing.move);
    case 'tree-moves': after([0, 'nodes', '', PIECES]); return rounds(10, 100, true, doing.place);
    case 'marks': after([0, 'insert', 'x'.repeat(MARKED), 0]); return rounds(10, 100, true, doing.mark);
    default: throw new Error('unknown script ' + name);
  }
}

/** What must be there in the end: nothing is ever deleted. */
export function expected({ steps }) {
  const keys = new Set();
  let length = 0, count = 0, pieces = 0;
  for (const step of steps) {
    if (!step) continue;
    if (step[1] === 'put') keys.add(step[2]);
    if (step[1] === 'insert') length += step[2].length;
    if (step[1] === 'add') count += step[3];
    if (step[1] === 'elements' || step[1] === 'nodes') pieces += step[3];
  }
  return { keys: keys.size, length, count, pieces };
}
