/**
 * What each sync tool does to a folder, as values: start at {@link dev.cairn.simulation.profile.SyncProfile}.
 *
 * <p>A profile is a record of facts in five groups: when a tool {@linkplain dev.cairn.simulation.profile.Noticing
 * notices} a change, how long it {@linkplain dev.cairn.simulation.profile.Travel travels}, how it {@linkplain
 * dev.cairn.simulation.profile.Arrival arrives}, what happens on {@linkplain dev.cairn.simulation.profile.Conflicts
 * conflicts}, and which {@linkplain dev.cairn.simulation.profile.Names names} are treated differently. Everything is
 * data: a tool which is not here is a preset with other facts.
 */
@NullMarked
package dev.cairn.simulation.profile;

import org.jspecify.annotations.NullMarked;
