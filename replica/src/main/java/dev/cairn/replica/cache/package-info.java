/**
 * What is kept in memory because it is dear to make again, and can be dropped at any time without anybody noticing.
 *
 * <p>Start at {@link dev.cairn.replica.cache.PastDocuments}. Nothing here may be the only place of anything.
 */
@NullMarked
package dev.cairn.replica.cache;

import org.jspecify.annotations.NullMarked;
