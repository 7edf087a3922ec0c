/**
 * The shared folder as a device meets it: a place other tools fill, rename, truncate, empty and roll back.
 *
 * <p>Start at {@link dev.cairn.format.folder.SharedFolder}. Reading goes {@code list() -> Listing -> read(entry)};
 * writing goes through the {@link dev.cairn.format.folder.OwnDirectory} of one writer, which is the only directory this
 * package can change. What a folder does to its users (missing, emptied, a file gone between listing and reading, a
 * pipe under the name of a segment, no space left) is a value of a sealed type here and never an exception.
 *
 * <p>This package knows names, sizes and bytes. What a file means is said by its content, which is checked elsewhere:
 * no file is dropped for its name, except the temporaries a sync tool is still writing.
 */
@NullMarked
package dev.cairn.format.folder;

import org.jspecify.annotations.NullMarked;
