package dev.cairn.simulation.profile;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How a tool spells the names of files which it is still receiving. */
public enum Temporary {
    /** Outside of the folder, where nobody sees it. */
    OUTSIDE,
    /** {@code .syncthing.NAME.tmp} beside the file, the hash of the name when it is long. */
    SYNCTHING,
    /** In {@code .dropbox.cache} at the top of the folder. */
    DROPBOX,
    /** {@code ~tmpHEX.tmp} beside the file. */
    ONEDRIVE,
    /** In {@code .tmp.drivedownload} at the top of the folder. */
    GOOGLE_DRIVE,
    /** {@code .NAME.~hex} beside the file. */
    NEXTCLOUD,
    /** {@code .NAME.AbC123} beside the file. */
    RSYNC;

    /** Syncthing: 160 characters less the eleven of the prefix and the four of the suffix. */
    private static final int SYNCTHING_NAME_BYTES_MAX = 145;

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /**
     * The relative path under which {@code path} is received, if it is inside of the folder.
     *
     * @param path relative to the folder, with slashes
     * @param random for the tools which choose a new name each time
     */
    public Optional<String> pathFor(String path, RandomGenerator random) {
        FileName name = FileName.of(path);
        return switch (this) {
            case OUTSIDE -> Optional.empty();
            case SYNCTHING -> Optional.of(name.directory() + ".syncthing." + syncthing(name.name()) + ".tmp");
            case DROPBOX -> Optional.of(".dropbox.cache/" + hex(random, 16));
            case ONEDRIVE ->
                Optional.of(name.directory() + "~tmp" + hex(random, 4).toUpperCase(Locale.ROOT) + ".tmp");
            case GOOGLE_DRIVE -> Optional.of(".tmp.drivedownload/" + random.nextInt(1_000_000));
            case NEXTCLOUD -> Optional.of(name.directory() + "." + name.name() + ".~" + hex(random, 8));
            case RSYNC -> Optional.of(name.directory() + "." + name.name() + "." + letters(random, 6));
        };
    }

    private static String syncthing(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length > SYNCTHING_NAME_BYTES_MAX ? Digests.sha256Hex(name) : name;
    }

    private static String hex(RandomGenerator random, int digits) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            text.append(Character.forDigit(random.nextInt(16), 16));
        }
        return text.toString();
    }

    private static String letters(RandomGenerator random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
