/**
 * Tests of the tests: faults are built into the compiled classes, one at a time, and the simulated fleets must find
 * them.
 *
 * <p>{@link dev.cairn.system.mutant.Mutants} lists them. {@link dev.cairn.system.mutant.MutantLoader} loads all of
 * Cairn once more with one of them in it, and probes play in there until a rule is broken: {@link
 * dev.cairn.system.mutant.Probe} whole fleets, others what a mixed fleet does too rarely. A mutant that is not found
 * shows a fleet that never does what would matter, or a rule that is missing.
 */
@NullMarked
package dev.cairn.system.mutant;

import org.jspecify.annotations.NullMarked;
