// Adapters: replica(device) has put, insert, remove, add, commit, drain, apply, text, keys, count, saved, loaded; and
// where the engine has such types: elements, move, nodes, place, mark, pieces.
// drain() returns the encoded changes of this device since the last call, apply() takes changes of others in one batch.

const TEXT = 'body', COUNTER = 'count';

async function yjs() {
  const Y = await import('yjs');
  const replica = device => {
    const doc = new Y.Doc();
    doc.clientID = device + 1;
    const text = doc.getText(TEXT), map = doc.getMap('root');
    let fresh = [], edits = [];
    doc.on('update', (update, origin) => { if (origin !== 'remote') fresh.push(update); });
    return {
      put: (key, value) => edits.push(() => map.set(key, value)),
      insert: (at, inserted) => edits.push(() => text.insert(at, inserted)),
      remove: (at, length) => edits.push(() => text.delete(at, length)),
      add: null,
      mark: (from, to) => edits.push(() => text.format(from, to - from, { bold: true })),
      commit() {
        const now = edits;
        edits = [];
        if (now.length) doc.transact(() => now.forEach(edit => edit()));
      },
      drain() { const all = fresh; fresh = []; return all; },
      apply(changes) { Y.transact(doc, () => changes.forEach(each => Y.applyUpdate(doc, each, 'remote')), 'remote'); },
      text: () => text.toString(),
      keys: () => map.size,
      count: () => 0,
      saved: () => Y.encodeStateAsUpdateV2(doc),
      loaded(bytes) { const other = new Y.Doc(); Y.applyUpdateV2(other, bytes); return other.getText(TEXT).toString(); },
    };
  };
  return { replica };
}

async function loro() {
  const { LoroDoc } = await import('loro-crdt');
  const nodes = []; // of all replicas, in the order in which they were made: a name is valid on every device
  const replica = device => {
    const doc = new LoroDoc();
    doc.setPeerId(BigInt(device + 1));
    doc.configTextStyle({ bold: { expand: 'after' } });
    const text = doc.getText(TEXT), map = doc.getMap('root'), counter = doc.getCounter(COUNTER);
    const list = doc.getMovableList('order'), tree = doc.getTree('outline');
    let fresh = [];
    doc.subscribeLocalUpdates(update => fresh.push(update));
    return {
      put: (key, value) => map.set(key, value),
      insert: (at, inserted) => text.insert(at, inserted),
      remove: (at, length) => text.delete(at, length),
      add: delta => counter.increment(delta),
      elements(count) { for (let i = 0; i < count; i++) list.push(i); },
      move: (from, to) => list.move(from, to),
      nodes(count) { for (let i = 0; i < count; i++) nodes.push(tree.createNode().id); },
      place(node, above) {
        try { tree.move(nodes[node], nodes[above], 0); } catch (circle) { /* it does nothing */ }
      },
      mark: (from, to) => text.mark({ start: from, end: to }, 'bold', true),
      pieces: () => list.length + tree.nodes().length,
      commit: () => doc.commit(),
      drain() { const all = fresh; fresh = []; return all; },
      apply(changes) { changes.length === 1 ? doc.import(changes[0]) : doc.importBatch(changes); },
      text: () => text.toString(),
      keys: () => map.size,
      count: () => counter.value,
      saved: () => doc.export({ mode: 'snapshot' }),
      loaded(bytes) { const other = new LoroDoc(); other.import(bytes); return other.getText(TEXT).toString(); },
    };
  };
  return { replica };
}

async function jsonJoy() {
  const { Model, Patch } = await import('json-joy/lib/json-crdt/index.js').then(async crdt => ({
    Model: crdt.Model, Patch: (await import('json-joy/lib/json-crdt-patch/index.js')).Patch,
  }));
  const base = Model.create(undefined, 99999);
  base.api.set({ [TEXT]: '', root: {} });
  const bytes = base.toBinary();
  const replica = device => {
    const model = Model.load(bytes, 100000 + device);
    model.api.flush();
    const text = model.api.str([TEXT]), map = model.api.obj(['root']);
    let fresh = [];
    return {
      put: (key, value) => map.set({ [key]: value }),
      insert: (at, inserted) => text.ins(at, inserted),
      remove: (at, length) => text.del(at, length),
      add: null,
      commit() { const patch = model.api.flush(); if (patch && patch.ops.length) fresh.push(patch.toBinary()); },
      drain() { const all = fresh; fresh = []; return all; },
      apply(changes) { for (const each of changes) model.applyPatch(Patch.fromBinary(each)); },
      text: () => text.view(),
      keys: () => Object.keys(map.view()).length,
      count: () => 0,
      saved: () => model.toBinary(),
      loaded: saved => Model.load(saved).api.str([TEXT]).view(),
    };
  };
  return { replica };
}

async function automerge() {
  const A = await import('@automerge/automerge');
  const base = A.save(A.from({ [TEXT]: '', [COUNTER]: new A.Counter(0), root: {} }, { actor: '00' }));
  const replica = device => {
    let doc = A.load(base, { actor: (device + 1).toString(16).padStart(8, '0') });
    let edits = [], fresh = [];
    return {
      put: (key, value) => edits.push(now => { now.root[key] = value; }),
      insert: (at, inserted) => edits.push(now => A.splice(now, [TEXT], at, 0, inserted)),
      remove: (at, length) => edits.push(now => A.splice(now, [TEXT], at, length)),
      add: delta => edits.push(now => now[COUNTER].increment(delta)),
      mark: (from, to) => edits.push(now => A.mark(now, [TEXT], { start: from, end: to, expand: 'after' }, 'bold', true)),
      commit() {
        const all = edits;
        edits = [];
        if (!all.length) return;
        doc = A.change(doc, now => all.forEach(edit => edit(now)));
        const change = A.getLastLocalChange(doc);
        if (change) fresh.push(change);
      },
      drain() { const all = fresh; fresh = []; return all; },
      apply(changes) { [doc] = A.applyChanges(doc, changes); },
      text: () => doc[TEXT],
      keys: () => Object.keys(doc.root).length,
      count: () => doc[COUNTER].value,
      saved: () => A.save(doc),
      loaded: bytes => A.load(bytes)[TEXT],
    };
  };
  return { replica };
}

export const engines = { yjs, loro, 'json-joy': jsonJoy, automerge };
