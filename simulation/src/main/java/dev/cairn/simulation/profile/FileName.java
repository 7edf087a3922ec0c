package dev.cairn.simulation.profile;

/**
 * A relative path taken apart: the directory with its slash (or nothing), the base, and the extension with its dot (or
 * nothing). Joined again they are the path.
 */
record FileName(String directory, String base, String extension) {

    /** The extension begins at the last dot, also when nothing but the extension is left. */
    static FileName of(String path) {
        return split(path, 0);
    }

    /** The extension begins at the last dot, but a leading dot belongs to the base. */
    static FileName ofVisible(String path) {
        return split(path, 1);
    }

    private static FileName split(String path, int baseMin) {
        int slash = path.lastIndexOf('/') + 1;
        int dot = path.lastIndexOf('.');
        int end = dot >= slash + baseMin ? dot : path.length();
        return new FileName(path.substring(0, slash), path.substring(slash, end), path.substring(end));
    }

    String name() {
        return base + extension;
    }

    String withSuffix(String suffix) {
        return directory + base + suffix + extension;
    }
}
