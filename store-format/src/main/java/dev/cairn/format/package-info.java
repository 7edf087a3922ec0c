/**
 * The vocabulary of the store format: plain values without keys, files or threads.
 *
 * <p>A space ({@link dev.cairn.format.SpaceId}) is written by writers ({@link dev.cairn.format.WriterId}), each of
 * which belongs to one device ({@link dev.cairn.format.DeviceId}) and produces a chain of changes
 * ({@link dev.cairn.format.Change}, {@link dev.cairn.format.ChainPoint}). Many changes at once travel as one
 * {@link dev.cairn.format.ChangeRun}. {@link dev.cairn.format.FileName} says where a file of a writer lies in the
 * folder.
 *
 * <p>Start at {@link dev.cairn.format.ChangeRun}. The layers above are {@code columns} (the stored form of a run),
 * {@code cbor} (strict canonical encoding), {@code crypto} (keys, signatures, encryption) and {@code file} (envelope,
 * segments, heads). The document SPEC.md at
 * the root of the repository defines every byte.
 */
@NullMarked
package dev.cairn.format;

import org.jspecify.annotations.NullMarked;
