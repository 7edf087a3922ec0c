/**
 * What the merge tool's commands share with one another: its values in words and as JSON, and where it asks the space
 * for what it does not know itself.
 */
@NullMarked
package dev.cairn.cli.merging;

import org.jspecify.annotations.NullMarked;
