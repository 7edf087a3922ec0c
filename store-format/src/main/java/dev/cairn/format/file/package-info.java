/**
 * Cairn files: the encrypted envelope, and what segments and heads hold in it (SPEC sections "Envelope" to "Heads").
 *
 * <p>Writers turn values into a sealed file; readers turn any bytes into one of the few outcomes of reading. Nothing here
 * touches a disk.
 */
@NullMarked
package dev.cairn.format.file;

import org.jspecify.annotations.NullMarked;
