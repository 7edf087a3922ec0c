/**
 * Commands about the files of a folder or of a copy of it: inspect, verify, mend, merge, compact, and in and out.
 */
@NullMarked
package dev.cairn.cli.command.folder;

import org.jspecify.annotations.NullMarked;
