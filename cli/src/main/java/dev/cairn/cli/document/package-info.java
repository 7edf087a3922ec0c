/**
 * Documents as the command line sees them: paths, JSON values, and how a value becomes edits which disturb as little as
 * possible. Start at {@link dev.cairn.cli.document.Place}.
 */
@NullMarked
package dev.cairn.cli.document;

import org.jspecify.annotations.NullMarked;
