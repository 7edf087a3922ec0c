@NullMarked
package dev.cairn.system;

import org.jspecify.annotations.NullMarked;
