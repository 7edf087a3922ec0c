/**
 * What a command has to do with the world: streams, environment, exit status, errors of one line, JSON. Start at
 * {@link dev.cairn.cli.shell.Shell}.
 */
@NullMarked
package dev.cairn.cli.shell;

import org.jspecify.annotations.NullMarked;
