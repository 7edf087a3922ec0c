package dev.cairn.simulation.profile;

/** What a file looks like which a tool knows but has not downloaded, or has removed again to save space. */
public enum Placeholder {
    /** A file of zero bytes under the final name. */
    EMPTY,
    /** {@code .NAME.icloud} beside the absent file. */
    ICLOUD_STUB,
    /** {@code NAME.nextcloud} beside the absent file. */
    NEXTCLOUD_SUFFIX;

    /** Where the placeholder of {@code path} lies, both relative to the folder and with slashes. */
    public String pathFor(String path) {
        FileName name = FileName.of(path);
        return switch (this) {
            case EMPTY -> path;
            case ICLOUD_STUB -> name.directory() + "." + name.name() + ".icloud";
            case NEXTCLOUD_SUFFIX -> path + ".nextcloud";
        };
    }
}
