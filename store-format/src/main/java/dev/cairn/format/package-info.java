@NullMarked
package dev.cairn.format;

import org.jspecify.annotations.NullMarked;
