@NullMarked
package dev.cairn.watcher.nio;

import org.jspecify.annotations.NullMarked;
