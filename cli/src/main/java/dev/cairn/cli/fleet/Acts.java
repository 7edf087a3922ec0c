package dev.cairn.cli.fleet;

import dev.cairn.simulation.fleet.Happening;
import dev.cairn.simulation.fleet.Simulation;
import dev.cairn.simulation.fleet.Step;
import java.time.Duration;
import java.util.List;

/**
 * How the steps of a run follow one another: at once, or, where segments are withdrawn, in acts with calm between them.
 *
 * <p>Before a segment goes every active device must agree, and many faults last longer than a run. Without some calm
 * nothing would be withdrawn at all, and without faults after it nothing while things go wrong.
 */
final class Acts {
    private static final int ACTS = 3;
    private static final int ROUNDS_OF_CALM = 4;

    /** Four of them are enough to elect, and for a leader's checkpoint to be agreed on. */
    private static final Duration LED_PAUSE = Duration.ofMinutes(3);

    /** The same where devices look every two hours. */
    private static final Duration SLOW_PAUSE = Duration.ofHours(6);

    private final Simulation<FleetMember> fleet;
    private final Oracle oracle;

    Acts(Simulation<FleetMember> fleet, Oracle oracle) {
        this.fleet = fleet;
        this.oracle = oracle;
    }

    /** Plays all steps. */
    void play(List<Step> steps) {
        int acts = oracle.compacts() ? ACTS : 1;
        for (int act = 0; act < acts; act++) {
            if (act > 0) {
                fleet.heal();
                calm();
            }
            oracle.retiring().amidFaults(true);
            fleet.play(steps.subList(steps.size() * act / acts, steps.size() * (act + 1) / acts));
            oracle.retiring().amidFaults(false);
        }
    }

    /** Each device does in turn what its application does by itself, and meanwhile what it does at its own pace. */
    void calm() {
        Duration pause = oracle.isLed() ? LED_PAUSE : SLOW_PAUSE;
        for (int round = 0; oracle.compacts() && round < ROUNDS_OF_CALM; round++) {
            for (int device = 0; device < fleet.devices().size(); device++) {
                fleet.play(List.of(new Step(device == 0 ? pause : Duration.ZERO, device, Happening.TICK, 0)));
            }
        }
    }
}
