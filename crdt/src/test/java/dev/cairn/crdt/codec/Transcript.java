package dev.cairn.crdt.codec;

import java.nio.ByteBuffer;

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

    private static void write(OperationReader reader, OperationWriter writer) {
        byte[] bytes = reader.array();
        int key = reader.keyStart();
        int length = reader.keyLength();
        switch (reader.kind()) {
            case Layout.DOCUMENT -> writer.document(bytes, key, length);
            case Layout.ENTER -> {
                if (reader.made()) {
                    writer.enterMade(reader.type());
                    id(reader, writer);
                } else {
                    writer.enter(reader.type(), bytes, key, length, reader.based());
                    base(reader, writer);
                }
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
            default -> writer.add(reader.delta());
        }
    }

    private static void base(OperationReader reader, OperationWriter writer) {
        if (reader.based()) {
            id(reader, writer);
        }
    }

    private static void id(OperationReader reader, OperationWriter writer) {
        if (reader.idSeq() == 0) {
            writer.ownId(reader.idIndex());
        } else {
            writer.id(reader.idActorHigh(), reader.idActorLow(), reader.idSeq(), reader.idIndex());
        }
    }
}
