package dev.cairn.replica.identity;

import dev.cairn.format.Limits;
import java.nio.charset.StandardCharsets;

/** What a device calls itself, made to fit into an entry: 1 to 128 bytes of UTF-8 without control characters. */
final class DeviceName {
    private static final String FALLBACK = "device";
    private static final int REPLACEMENT = 0xfffd;

    private DeviceName() {}

    /** {@code wish} without what does not fit; a host may be called anything. */
    static String fitting(String wish) {
        StringBuilder name = new StringBuilder();
        int size = 0;
        for (int character :
                wish.codePoints().filter(c -> !Character.isISOControl(c)).toArray()) {
            boolean lone = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
            String text = Character.toString(lone ? REPLACEMENT : character);
            size += text.getBytes(StandardCharsets.UTF_8).length;
            if (size > Limits.DEVICE_NAME_BYTES_MAX) {
                break;
            }
            name.append(text);
        }
        String fitting = name.toString().strip();
        return fitting.isEmpty() ? FALLBACK : fitting;
    }
}
