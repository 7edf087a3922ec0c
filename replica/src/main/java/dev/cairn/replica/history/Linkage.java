package dev.cairn.replica.history;

import dev.cairn.replica.store.LocalStore;

/**
 * The lines as the store has them, and what works on them; all of one moment.
 *
 * @param lines all lines, by the names which their changes have now
 * @param linker puts runs into them
 * @param names translates references to changes
 * @param counted finds what counts
 */
record Linkage(Lines lines, Linker linker, ParentNames names, CountedRuns counted) {
    /** No lines. */
    static Linkage empty(LocalStore store, Chains chains, Awaited awaited, Held held) {
        Lines lines = new Lines();
        return of(lines, new Linker(store, lines, chains), store, chains, awaited, held);
    }

    /** The lines of now. */
    static Linkage load(LocalStore store, Chains chains, Awaited awaited, Held held) {
        Lines lines = Lines.load(store);
        lines.name(held::counts);
        return of(lines, new Linker(store, lines, chains), store, chains, awaited, held);
    }

    /** The same lines for an engine that waits for nothing so far. */
    Linkage anew(LocalStore store, Chains chains, Awaited awaited, Held held) {
        return of(lines, linker, store, chains, awaited, held);
    }

    private static Linkage of(Lines lines, Linker linker, LocalStore store, Chains chains, Awaited awaited, Held held) {
        ParentNames names = new ParentNames(lines, chains, awaited);
        return new Linkage(lines, linker, names, new CountedRuns(store, lines, names, held));
    }
}
