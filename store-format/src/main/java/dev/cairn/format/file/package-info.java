/**
 * The encrypted envelope around every Cairn file, and the outcomes of reading one (SPEC sections "Envelope" and
 * "Records").
 *
 * <p>{@link dev.cairn.format.file.Sealer} turns records into a {@link dev.cairn.format.file.SealedFile};
 * {@link dev.cairn.format.file.Envelope#open} turns any bytes into a {@link dev.cairn.format.file.ReadOutcome}, which
 * is a value for everything a sync tool, a provider or an attacker may have done to the file. Nothing here touches a
 * disk. What the records mean is told by the packages above, {@code log} for segments and heads and {@code members}
 * for the member log.
 */
@NullMarked
package dev.cairn.format.file;

import org.jspecify.annotations.NullMarked;
