/**
 * What every workload needs: its arguments, the rows it reports, and statistics of what it measured. Start at
 * {@link dev.cairn.system.bench.report.Workload}.
 */
@NullMarked
package dev.cairn.system.bench.report;

import org.jspecify.annotations.NullMarked;
