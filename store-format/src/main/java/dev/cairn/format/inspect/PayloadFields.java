package dev.cairn.format.inspect;

import dev.cairn.format.Bytes;
import dev.cairn.format.file.OpenedFile;
import dev.cairn.format.inspect.Field.Layer;
import java.util.List;

/** The fields around the compressed records (SPEC section "Payload"). */
final class PayloadFields {
    private static final int STORED_AT = 12;

    private PayloadFields() {}

    static List<Field> of(OpenedFile file) {
        Bytes payload = file.payload();
        FieldList list = new FieldList(Layer.PAYLOAD, payload);
        int raw = payload.getInt(4);
        int stored = payload.getInt(8);
        list.add(0, 1, "compression", payload.get(0) == 0 ? "0 none" : "1 deflate");
        list.add(1, 3, "zero", "set aside");
        list.add(4, 4, "raw length", raw + " bytes of records");
        list.add(8, 4, "stored length", stored + " bytes, compressed");
        list.add(STORED_AT, stored, "records", "see the layer of records");
        int filling = payload.size() - STORED_AT - stored;
        list.add(STORED_AT + stored, filling, "filling", filling + " zero bytes");
        return list.fields();
    }
}
