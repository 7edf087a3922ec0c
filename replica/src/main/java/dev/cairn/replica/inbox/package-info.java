/**
 * The inbox: what the folder holds, and what each of its files turns out to be.
 *
 * <p>Start at {@link dev.cairn.replica.inbox.Inbox}. It lists the folder, leaves out what is known, and reads the
 * rest on several threads; every outcome is a value, and no file is ever changed or deleted for any of them.
 */
@NullMarked
package dev.cairn.replica.inbox;

import org.jspecify.annotations.NullMarked;
