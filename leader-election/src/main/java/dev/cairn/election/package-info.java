/**
 * Which device leads, as advice: who compacts, who writes leader-only collections, who does what must be done once.
 *
 * <p>Start at {@link dev.cairn.election.LeaderElection}: attach it to an open space, and ask it for a {@link
 * dev.cairn.election.Permit} before doing what only a leader does. Data needs no leader. The rules are a pure
 * function in {@code protocol}; this package looks into the folder every few seconds, does what the rules say, and is
 * the only one here with a thread. {@code local} keeps what a device must not forget.
 */
@NullMarked
package dev.cairn.election;

import org.jspecify.annotations.NullMarked;
