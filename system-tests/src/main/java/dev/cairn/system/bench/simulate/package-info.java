/** How many file events a simulated fleet goes through in a second. Start at {@code SimulateWorkload}. */
@NullMarked
package dev.cairn.system.bench.simulate;

import org.jspecify.annotations.NullMarked;
