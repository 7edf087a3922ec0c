/**
 * Work which is handed to an executor of the caller, and waited for: files that are read, rows that are decoded. {@link
 * dev.cairn.replica.tasks.Tasks} is all of it.
 */
@NullMarked
package dev.cairn.replica.tasks;

import org.jspecify.annotations.NullMarked;
