package dev.cairn.format.membership;

import dev.cairn.format.Bytes;
import dev.cairn.format.members.EntryId;

/**
 * An epoch of a space.
 *
 * @param number its number, from 1
 * @param check what identifies its key, see {@code SealedEpochKey}
 * @param entry the entry which began it
 */
public record Epoch(int number, Bytes check, EntryId entry) {}
