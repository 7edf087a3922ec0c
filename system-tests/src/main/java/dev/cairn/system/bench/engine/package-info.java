/**
 * Workloads of the engine alone, in memory: every shape of editing that has ever been slow somewhere, at several sizes
 * and in several orders of arrival. Start at {@link dev.cairn.system.bench.engine.EngineWorkload}; the shapes are in
 * {@link dev.cairn.system.bench.engine.Shapes}.
 */
@NullMarked
package dev.cairn.system.bench.engine;

import org.jspecify.annotations.NullMarked;
