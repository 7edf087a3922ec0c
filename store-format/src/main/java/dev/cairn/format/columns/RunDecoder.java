package dev.cairn.format.columns;

import dev.cairn.format.Bytes;
import dev.cairn.format.ChainPoint;
import dev.cairn.format.ChangeRun;
import dev.cairn.format.Limits;
import dev.cairn.format.MalformedException;
import dev.cairn.format.WriterId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads one run in columns: writes the bytes of its changes one after another. */
final class RunDecoder {
    private final int count;
    private final ChangeBuffer out = new ChangeBuffer();
    private final Map<Column, NumberReader> numbers = new EnumMap<>(Column.class);
    private final Map<Column, ByteSlice> slices = new EnumMap<>(Column.class);
    private final Dictionary<WriterId> writers = new Dictionary<>();
    private final LastSeqs parentSeqs = new LastSeqs();
    private final OperationWalker walker = new OperationWalker();
    private final Names places;
    /** Of each place: the path to it, or nothing if it depends on where one comes from. */
    private final List<byte[]> paths = new ArrayList<>();

    private final OperationRebuilder operations;
    private final NumberReader visitCounts;
    private final NumberReader placeReferences;
    private final ByteSlice placeBytes;
    private final NumberReader operationCounts;
    private int writerNumber;

    RunDecoder(Bytes encoded) throws MalformedException {
        ColumnLayout layout = ColumnLayout.read(encoded);
        this.count = layout.changes();
        byte[] array = encoded.toArray();
        for (Column column : Column.all()) {
            int from = layout.from(column);
            int to = layout.to(column);
            if (column.isBytes()) {
                slices.put(column, new ByteSlice(array, from, to));
            } else {
                numbers.put(column, new NumberReader(array, from, to));
            }
        }
        this.operations = new OperationRebuilder(this, out);
        this.placeBytes = bytes(Column.PLACES);
        this.places = new Names(placeBytes.array());
        this.visitCounts = numbers(Column.VISITS);
        this.placeReferences = numbers(Column.PLACE);
        this.operationCounts = numbers(Column.OPERATIONS);
    }

    NumberReader numbers(Column column) {
        NumberReader reader = numbers.get(column);
        if (reader == null) {
            throw new IllegalArgumentException("not a column of numbers: " + column);
        }
        return reader;
    }

    ByteSlice bytes(Column column) {
        ByteSlice slice = slices.get(column);
        if (slice == null) {
            throw new IllegalArgumentException("not a column of bytes: " + column);
        }
        return slice;
    }

    ChangeRun decode(WriterId writer, ChainPoint before) throws MalformedException {
        int[] ends = new int[count];
        NumberReader steps = numbers(Column.STEP);
        NumberReader times = numbers(Column.TIME);
        NumberReader parents = numbers(Column.PARENTS);
        NumberReader messages = numbers(Column.MESSAGE);
        ByteSlice text = bytes(Column.TEXT);
        for (int i = 0; i < count; i++) {
            out.begin();
            out.varint(steps.next() + 1);
            out.varint(times.next());
            parents(parents.next31());
            int message = messages.next31();
            out.varint(message);
            out.copy(text, message);
            operations();
            ends[i] = out.size();
        }
        for (NumberReader reader : numbers.values()) {
            reader.end();
        }
        for (ByteSlice slice : slices.values()) {
            slice.end();
        }
        return ChangeRun.read(writer, before, out.toBytes(), ends);
    }

    private void parents(int parents) throws MalformedException {
        if (parents > Limits.PARENTS_MAX) {
            throw new MalformedException(parents + " parents");
        }
        out.varint(parents);
        for (int p = 0; p < parents; p++) {
            WriterId parent = writer(numbers(Column.PARENT_WRITER).next());
            out.fixed(parent.high());
            out.fixed(parent.low());
            out.varint(parentSeqs.after(writerNumber, numbers(Column.PARENT_SEQ).nextZigzag()));
            out.copy(bytes(Column.PARENT_HASH), Long.BYTES);
        }
    }

    /** The writer that a reference stands for. */
    WriterId writer(long reference) throws MalformedException {
        if (reference != 0) {
            writerNumber = writers.number(reference);
            return writers.get(writerNumber);
        }
        ByteSlice column = bytes(Column.WRITERS);
        WriterId fresh = new WriterId(column.fixed(), column.fixed());
        writerNumber = writers.addNew(fresh);
        return fresh;
    }

    /** The number of the writer referred to last. */
    int writerNumber() {
        return writerNumber;
    }

    private void operations() throws MalformedException {
        int visits = visitCounts.next31();
        if (visits == 1) {
            asTheyAre();
            return;
        }
        walker.leaveAll();
        for (int v = 1; v < visits; v++) {
            operations.arrive(place(), walker.type());
            long operationCount = operationCounts.next();
            do {
                operations.next();
                operationCount--;
            } while (operationCount != -1);
        }
    }

    private void asTheyAre() throws MalformedException {
        int length = numbers(Column.LENGTH).next31();
        int from = out.size();
        out.copy(bytes(Column.BYTES), length);
        if (length == 0 || walker.accepts(out.array(), from, out.size())) {
            throw new MalformedException("operations kept as they are which have columns");
        }
    }

    /** Writes the navigations to the next place; returns its number. */
    private int place() throws MalformedException {
        long reference = placeReferences.next();
        if (reference != 0) {
            int number = places.number(reference);
            int from = places.start(number);
            int length = places.length(number);
            out.append(placeBytes.array(), from, length);
            byte[] path = paths.get(number);
            if (path.length > 0) {
                walker.setPath(path);
            } else {
                go(from, length);
            }
            return number;
        }
        int length = placeBytes.varint31();
        int from = placeBytes.skip(length);
        out.append(placeBytes.array(), from, length);
        go(from, length);
        int number = places.addNew(from, length);
        if (number == paths.size()) {
            boolean fromDocument = (placeBytes.array()[from] & 15) == Field.DOCUMENT;
            paths.add(fromDocument ? walker.path() : new byte[0]);
        }
        return number;
    }

    private void go(int from, int length) throws MalformedException {
        if (!walker.goesThrough(placeBytes.array(), from, from + length)) {
            throw new MalformedException("a place to which no navigations lead");
        }
    }
}
