package dev.cairn.format.election;

import dev.cairn.format.Bytes;
import dev.cairn.format.DeviceId;
import dev.cairn.format.FileKind;
import dev.cairn.format.MalformedException;
import dev.cairn.format.WriterId;
import dev.cairn.format.file.TooNewException;

/** A device's own papers as it keeps them for itself, without envelope and signature. */
public final class PlainPaper {
    private PlainPaper() {}

    /** The body of the paper's file. */
    public static Bytes encode(DeviceId device, Paper paper) {
        return PaperCodec.encode(device, paper);
    }

    /** The paper of a body that this device wrote. */
    public static Paper decode(FileKind kind, WriterId writer, Bytes body) throws MalformedException {
        try {
            return PaperCodec.decode(kind, writer, body).paper();
        } catch (TooNewException e) {
            throw new MalformedException("a paper of a newer version: " + e.getMessage());
        }
    }
}
