package dev.cairn.format.columns;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.Limits;
import dev.cairn.format.WriterId;
import java.util.EnumMap;
import java.util.Map;

/** Writes one run in columns. */
final class RunEncoder {
    private final ChangeRun run;
    private final byte[] bytes;
    private final Map<Column, NumberWriter> numbers = new EnumMap<>(Column.class);
    private final Map<Column, ByteColumn> strings = new EnumMap<>(Column.class);
    private final Dictionary<WriterId> writers = new Dictionary<>();
    private final LastSeqs parentSeqs = new LastSeqs();
    private final OperationWalker walker = new OperationWalker();
    private final OperationColumns operations;
    private final Names places;
    private final NumberWriter visits;
    private final NumberWriter place;
    private final NumberWriter operationCounts;

    RunEncoder(ChangeRun run) {
        if (run.size() > Limits.CHANGES_MAX || run.changeBytes() > Limits.RAW_BYTES_MAX) {
            throw new IllegalArgumentException(run.size() + " changes of " + run.changeBytes() + " bytes, more than "
                    + Limits.CHANGES_MAX + " or " + Limits.RAW_BYTES_MAX);
        }
        this.run = run;
        this.bytes = run.changes().toArray();
        for (Column column : Column.all()) {
            if (column.isBytes()) {
                strings.put(column, new ByteColumn());
            } else {
                numbers.put(column, new NumberWriter());
            }
        }
        this.places = new Names(bytes);
        this.operations = new OperationColumns(bytes, this);
        this.visits = numbers(Column.VISITS);
        this.place = numbers(Column.PLACE);
        this.operationCounts = numbers(Column.OPERATIONS);
    }

    NumberWriter numbers(Column column) {
        NumberWriter writer = numbers.get(column);
        if (writer == null) {
            throw new IllegalArgumentException("not a column of numbers: " + column);
        }
        return writer;
    }

    ByteColumn bytes(Column column) {
        ByteColumn writer = strings.get(column);
        if (writer == null) {
            throw new IllegalArgumentException("not a column of bytes: " + column);
        }
        return writer;
    }

    Bytes encode() {
        long lamport = run.before().lamport();
        long time = run.before().timeMillis();
        NumberWriter steps = numbers(Column.STEP);
        NumberWriter times = numbers(Column.TIME);
        int shift = run.operationsEnd(run.size() - 1) - bytes.length;
        for (int i = 0; i < run.size(); i++) {
            steps.add(run.lamport(i) - lamport - 1);
            times.addZigzag(run.timeMillis(i) - time);
            lamport = run.lamport(i);
            time = run.timeMillis(i);
            parents(i);
            int from = run.operationsStart(i) - shift;
            int message = run.messageBytes(i);
            numbers(Column.MESSAGE).add(message);
            bytes(Column.TEXT).append(bytes, from - message, from);
            operations(from, run.operationsEnd(i) - shift);
        }
        return assemble();
    }

    private void parents(int i) {
        int count = run.parentCount(i);
        numbers(Column.PARENTS).add(count);
        for (int p = 0; p < count; p++) {
            WriterId writer = new WriterId(run.parentWriterHigh(i, p), run.parentWriterLow(i, p));
            int number = writers.find(writer);
            numbers(Column.PARENT_WRITER).add(number + 1L);
            if (number < 0) {
                number = newWriter(writer);
            }
            numbers(Column.PARENT_SEQ).addZigzag(parentSeqs.advance(number, run.parentSeq(i, p)));
            bytes(Column.PARENT_HASH).fixed(run.parentHash8(i, p));
        }
    }

    /** The number of a writer in the dictionary; -1 if it is new. */
    int findWriter(WriterId writer) {
        return writers.find(writer);
    }

    int newWriter(WriterId writer) {
        ByteColumn column = bytes(Column.WRITERS);
        column.fixed(writer.high());
        column.fixed(writer.low());
        return writers.add(writer);
    }

    private void operations(int from, int to) {
        if (from == to) {
            visits.add(0);
        } else if (walker.accepts(bytes, from, to)) {
            visits(from, to);
        } else {
            visits.add(1);
            numbers(Column.LENGTH).add(to - from);
            bytes(Column.BYTES).append(bytes, from, to);
        }
    }

    private void visits(int from, int to) {
        walker.reset(bytes, from, to);
        int count = 0;
        try {
            while (!walker.atEnd()) {
                int start = walker.position();
                walker.navigate();
                operations.arrive(place(start, walker.position()));
                int operationCount = 0;
                do {
                    walker.operation(operations);
                    operationCount++;
                } while (walker.atOperation());
                operationCounts.add(operationCount - 1);
                count++;
            }
        } catch (dev.cairn.format.MalformedException e) {
            throw new IllegalStateException("operations which were accepted do not follow the table", e);
        }
        visits.add(count + 1);
    }

    private int place(int from, int to) {
        int number = places.find(from, to - from);
        place.add(number + 1L);
        if (number >= 0) {
            return number;
        }
        bytes(Column.PLACES).varint(to - from);
        bytes(Column.PLACES).append(bytes, from, to);
        return places.add(from, to - from);
    }

    private Bytes assemble() {
        ByteColumn lengths = new ByteColumn();
        ByteColumn contents = new ByteColumn();
        long mask = 0;
        for (Column column : Column.all()) {
            ByteColumn content =
                    column.isBytes() ? bytes(column) : numbers(column).end();
            if (content.size() > 0) {
                mask |= 1L << column.number();
                lengths.varint(content.size());
                contents.append(content.array(), 0, content.size());
            }
        }
        ByteColumn out = new ByteColumn();
        out.varint(run.size());
        out.varint(mask);
        out.append(lengths.array(), 0, lengths.size());
        out.append(contents.array(), 0, contents.size());
        return out.toBytes();
    }
}
