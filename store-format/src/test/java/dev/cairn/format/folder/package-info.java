@NullMarked
package dev.cairn.format.folder;

import org.jspecify.annotations.NullMarked;
