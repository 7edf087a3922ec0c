/**
 * The rules of the election, without a clock, a thread or a file.
 *
 * <p>Start at {@link dev.cairn.election.protocol.Election#step}: from what a device knew, what it finds in the folder
 * and what time it is, it makes what the device knows next and what it has to do, in this order: make its {@link
 * dev.cairn.election.protocol.Memory} durable, publish papers, tell somebody. Inside, a {@code Turn} is one step;
 * {@code Watch} knows who is there, {@code Ranking} who is next, {@code Candidacy}, {@code Voting} and {@code Tenure}
 * are what a device does when it stands, votes and leads, {@code Desk} what it publishes.
 */
@NullMarked
package dev.cairn.election.protocol;

import org.jspecify.annotations.NullMarked;
