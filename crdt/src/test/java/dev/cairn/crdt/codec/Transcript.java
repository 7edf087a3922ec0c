package dev.cairn.crdt.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes down again what a reader reads. */
public final class Transcript {
    private Transcript() {}

    /** Returns the encoding of the instructions which those bytes hold. */
    public static ByteBuffer of(byte[] operations) {
        OperationReader reader = new OperationReader().reset(operations, 0, operations.length);
        OperationWriter writer = new OperationWriter();
        while (reader.next()) {
            write(reader, writer);
        }
        return writer.sink().copy();
    }

    /**
     * Returns the same operations with an instruction for each unit that is inserted or deleted; the last of several
     * units is deleted first, since ends of marks among them stay.
     */
    public static ByteBuffer unitByUnit(byte[] operations) {
        OperationReader reader = new OperationReader().reset(operations, 0, operations.length);
        OperationWriter writer = new OperationWriter();
        boolean text = false;
        while (reader.next()) {
            if (reader.kind() == Layout.ENTER || reader.kind() == Layout.ENTER_MADE) {
                text = reader.type() == ContainerType.TEXT;
            }
            if (reader.kind() == Layout.INSERT) {
                insertOneByOne(reader, writer, text);
            } else if (reader.kind() == Layout.DELETE) {
                for (int i = reader.count() - 1; i >= 0; i--) {
                    writer.delete(reader.at() + i, 1);
                }
            } else {
                write(reader, writer);
            }
        }
        return writer.sink().copy();
    }

    private static void insertOneByOne(OperationReader reader, OperationWriter writer, boolean text) {
        byte[] bytes = reader.array();
        int at = reader.contentStart();
        for (int i = 0; i < reader.count(); i++) {
            int length = text ? Utf8.width(bytes, at) : ValueCodec.length(bytes, at);
            writer.insert(reader.at() + i, 1);
            writer.sink().bytes(bytes, at, length);
            at += length;
        }
    }

    private static void write(OperationReader reader, OperationWriter writer) {
        byte[] bytes = reader.array();
        int key = reader.keyStart();
        int length = reader.keyLength();
        switch (reader.kind()) {
            case Layout.DOCUMENT -> writer.document(bytes, key, length);
            case Layout.ENTER -> {
                writer.enter(reader.type(), bytes, key, length, reader.based());
                base(reader, writer);
            }
            case Layout.ENTER_MADE -> {
                writer.enterMade(reader.type());
                id(reader, writer);
            }
            case Layout.LEAVE -> writer.leave(reader.count());
            case Layout.PUT -> {
                writer.put(bytes, key, length);
                ValueCodec.write(writer.sink(), ValueCodec.read(bytes, reader.contentStart()));
            }
            case Layout.REMOVE -> writer.remove(bytes, key, length);
            case Layout.MAKE -> {
                writer.make(reader.type(), bytes, key, length, reader.based());
                base(reader, writer);
            }
            case Layout.INSERT -> {
                writer.insert(reader.at(), reader.count());
                writer.sink().bytes(bytes, reader.contentStart(), reader.contentEnd() - reader.contentStart());
            }
            case Layout.DELETE -> writer.delete(reader.at(), reader.count());
            case Layout.ADD -> writer.add(reader.delta());
            case Layout.MOVE -> writer.move(reader.at(), reader.count());
            case Layout.SET -> set(reader, writer);
            case Layout.MARK -> {
                writer.mark(Arrays.copyOfRange(bytes, key, key + length), reader.flags(), reader.at(), reader.count());
                content(reader, writer);
            }
            case Layout.PLACE -> place(reader, writer);
            case Layout.TAKE_BACK ->
                writer.takeBack(
                        reader.idActorHigh(), reader.idActorLow(), reader.idSeq(), reader.flags() == Layout.AGAIN);
            default -> {
                writer.drop();
                id(reader, writer);
            }
        }
    }

    private static void set(OperationReader reader, OperationWriter writer) {
        if (reader.flags() == Layout.HAD_BEFORE) {
            writer.setAgain(reader.at());
            id(reader, writer);
        } else {
            writer.set(reader.at());
            content(reader, writer);
        }
    }

    private static void content(OperationReader reader, OperationWriter writer) {
        writer.sink().bytes(reader.array(), reader.contentStart(), reader.contentEnd() - reader.contentStart());
    }

    private static void place(OperationReader reader, OperationWriter writer) {
        writer.place(reader.flags());
        if ((reader.flags() & Layout.AT_TOP) == 0) {
            id(writer, reader.parentActorHigh(), reader.parentActorLow(), reader.parentSeq(), reader.parentIndex());
        }
        if ((reader.flags() & Layout.NEW_NODE) == 0) {
            id(reader, writer);
        }
        writer.position(Arrays.copyOfRange(reader.array(), reader.contentStart(), reader.contentEnd()));
    }

    private static void base(OperationReader reader, OperationWriter writer) {
        if (reader.based()) {
            id(reader, writer);
        }
    }

    private static void id(OperationReader reader, OperationWriter writer) {
        id(writer, reader.idActorHigh(), reader.idActorLow(), reader.idSeq(), reader.idIndex());
    }

    private static void id(OperationWriter writer, long actorHigh, long actorLow, long seq, int index) {
        if (seq == 0) {
            writer.ownId(index);
        } else {
            writer.id(actorHigh, actorLow, seq, index);
        }
    }
}
