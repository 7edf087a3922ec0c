@NullMarked
package dev.cairn.watcher;

import org.jspecify.annotations.NullMarked;
