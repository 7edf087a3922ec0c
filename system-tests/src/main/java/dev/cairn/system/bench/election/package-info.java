/** What the election comes to over nights of a fleet in virtual time, beside the idea it was made from. */
@NullMarked
package dev.cairn.system.bench.election;

import org.jspecify.annotations.NullMarked;
