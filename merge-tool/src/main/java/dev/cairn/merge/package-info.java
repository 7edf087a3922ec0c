/**
 * What keeps a space small and whole: each package is one job, and none knows another's insides.
 *
 * <p>Nothing here is needed to read or write a space. A job reads the folder through {@code dev.cairn.format.folder}
 * and the space through {@code dev.cairn.replica}, decides with values, and says what it did as a value; the command
 * line only prints it. Where a job changes files it writes the new before it takes away the old, so that a crash leaves
 * too much and never too little.
 */
@NullMarked
package dev.cairn.merge;

import org.jspecify.annotations.NullMarked;
