/**
 * Benchmarks of the whole product: each workload prints JSON lines, one a measurement, and where it has several sizes
 * the growth from size to size. Start at {@link dev.cairn.system.bench.Bench}; the command is {@code ./bench WORKLOAD}.
 */
@NullMarked
package dev.cairn.system.bench;

import org.jspecify.annotations.NullMarked;
