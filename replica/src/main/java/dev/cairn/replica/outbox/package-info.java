/**
 * The outbox: what this device writes into the folder, when, and how it stays there.
 *
 * <p>Start at {@link dev.cairn.replica.outbox.Outbox}. Every file is durable in the local store, with all its bytes,
 * before it is written into the folder, and is written again whenever it vanishes from there. New files are published
 * before what they replace is deleted.
 */
@NullMarked
package dev.cairn.replica.outbox;

import org.jspecify.annotations.NullMarked;
