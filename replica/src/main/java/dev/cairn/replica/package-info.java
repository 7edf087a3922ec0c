@NullMarked
package dev.cairn.replica;

import org.jspecify.annotations.NullMarked;
