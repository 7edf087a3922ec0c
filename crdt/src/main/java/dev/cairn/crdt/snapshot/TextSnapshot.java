package dev.cairn.crdt.snapshot;

import dev.cairn.crdt.codec.ByteSink;
import dev.cairn.crdt.codec.ByteSource;
import dev.cairn.crdt.codec.Layout;
import dev.cairn.crdt.codec.MalformedOperationsException;
import dev.cairn.crdt.document.Marks;
import dev.cairn.crdt.document.SequenceContainer;

/** The body of a text in a snapshot; the layout is at {@link SnapshotWriter}. */
final class TextSnapshot {
    private TextSnapshot() {}

    static void write(SnapshotWriter writer, SequenceContainer text) {
        ByteSink body = writer.body();
        body.string(text.sequence().text().toString());
        Marks marks = text.marks();
        if (marks == null) {
            body.varint(0);
            return;
        }
        int[] positions = positions(text.sequence().toArray(), marks.size());
        body.varint(marks.size());
        for (int mark = 0; mark < marks.size(); mark++) {
            body.varint(writer.number(marks.lv(mark)));
            body.varint(marks.index(mark));
            body.string(marks.key(mark));
            body.octet(marks.flags(mark));
            writer.scalar(marks.address(mark));
            body.varint(positions[2 * mark]);
            body.varint(positions[2 * mark + 1]);
        }
    }

    /** Returns where the start and the end of each mark are. */
    private static int[] positions(int[] units, int marks) {
        int[] positions = new int[2 * marks];
        for (int i = 0; i < units.length; i++) {
            if (units[i] < 0) {
                positions[~units[i]] = i;
            }
        }
        return positions;
    }

    static void read(SnapshotReader reader, SequenceContainer text) {
        ByteSource source = reader.source();
        int[] codePoints = reader.string().codePoints().toArray();
        int marks = source.count(6);
        int[] units = new int[codePoints.length + 2 * marks];
        for (int i = 0; i < marks; i++) {
            int lv = reader.change();
            int index = source.varint31();
            String key = reader.string();
            int flags = source.octet();
            if (flags > (Layout.EXPANDS_BEFORE | Layout.EXPANDS_AFTER)) {
                throw new MalformedOperationsException("a document snapshot has a mark with flags " + flags);
            }
            int mark = text.addMark(lv, index, key, reader.scalar(), flags);
            int start = source.varint31();
            int end = source.varint31();
            put(units, start, Marks.start(mark), 0);
            put(units, end, Marks.end(mark), start + 1);
        }
        int next = 0;
        for (int i = 0; i < units.length; i++) {
            units[i] = units[i] < 0 ? units[i] : codePoints[next++];
        }
        text.sequence().load(units);
    }

    private static void put(int[] units, int position, int anchor, int from) {
        if (position < from || position >= units.length || units[position] < 0) {
            throw new MalformedOperationsException("a document snapshot has a mark at " + position);
        }
        units[position] = anchor;
    }
}
