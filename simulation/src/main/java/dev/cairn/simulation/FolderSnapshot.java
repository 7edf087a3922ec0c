package dev.cairn.simulation;

import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files of one folder at one moment: to compare folders, and to {@linkplain SimulatedSync#rollBack roll back} to.
 *
 * <p>Two snapshots are equal when they have the same files with the same content, whatever the times. Immutable.
 */
public final class FolderSnapshot {

    private final SortedMap<String, Image> files;
    private final SortedSet<String> directories;

    private FolderSnapshot(SortedMap<String, Image> files, SortedSet<String> directories) {
        this.files = files;
        this.directories = directories;
    }

    /** A file as it was. */
    record Image(Content content, Instant modified) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Image that && content.sameAs(that.content);
        }

        @Override
        public int hashCode() {
            return Objects.hash(content.size());
        }
    }

    static FolderSnapshot of(SyncedFolder folder) {
        SortedMap<String, Image> files = new TreeMap<>();
        SortedSet<String> directories = new TreeSet<>();
        Disk disk = folder.disk();
        disk.list(folder::ignores).forEach((path, stat) -> {
            if (stat.directory()) {
                directories.add(path);
            } else {
                disk.read(path).ifPresent(content -> files.put(path, new Image(content, stat.modified())));
            }
        });
        return new FolderSnapshot(files, directories);
    }

    SortedMap<String, Image> images() {
        return files;
    }

    SortedSet<String> directories() {
        return directories;
    }

    /** These files and those of another snapshot, whose are taken where both have a path. */
    public FolderSnapshot with(FolderSnapshot newer) {
        SortedMap<String, Image> allFiles = new TreeMap<>(files);
        allFiles.putAll(newer.files);
        SortedSet<String> allDirectories = new TreeSet<>(directories);
        allDirectories.addAll(newer.directories);
        return new FolderSnapshot(allFiles, allDirectories);
    }

    /** The relative paths of all files, with slashes; what the sync tool ignores is not among them. */
    public SortedSet<String> paths() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(files.keySet()));
    }

    /** The size of all files together, in bytes. */
    public long bytes() {
        return files.values().stream()
                .mapToLong(image -> image.content().size())
                .sum();
    }

    /**
     * The SHA-256 of a file, in hexadecimal.
     *
     * @throws IllegalArgumentException if there is no such file
     */
    public String sha256(String path) {
        Image image = files.get(path);
        if (image == null) {
            throw new IllegalArgumentException("no file " + path + " among " + files.size());
        }
        return image.content().sha256();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FolderSnapshot that && files.equals(that.files);
    }

    @Override
    public int hashCode() {
        return files.hashCode();
    }

    @Override
    public String toString() {
        return files.size() + " files, " + bytes() + " bytes";
    }
}
