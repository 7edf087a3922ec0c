/**
 * {@code cairn demo}: several devices of one person, a sync tool between their folders, and authors who type.
 */
@NullMarked
package dev.cairn.cli.demo;

import org.jspecify.annotations.NullMarked;
