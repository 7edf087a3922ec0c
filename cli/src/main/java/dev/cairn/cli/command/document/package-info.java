/**
 * Commands which read and edit documents. All of them lead to {@link dev.cairn.cli.document.Place}.
 */
@NullMarked
package dev.cairn.cli.command.document;

import org.jspecify.annotations.NullMarked;
