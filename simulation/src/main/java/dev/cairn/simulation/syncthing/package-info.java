/**
 * Real Syncthing daemons for tests: start at {@link dev.cairn.simulation.syncthing.SyncthingDaemons}.
 *
 * <p>They talk to each other on the loopback interface only: no discovery, no relays, no reports, no updates.
 * Everything they write is in a temporary directory which is deleted when they are closed.
 */
@NullMarked
package dev.cairn.simulation.syncthing;

import org.jspecify.annotations.NullMarked;
