package dev.cairn.simulation.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * One step of a run, small enough for a property test to shrink.
 *
 * @param pause how long the world goes on before it
 * @param device the number of the device; numbers beyond the last device begin again at the first
 * @param happening what happens
 * @param choice from which every detail follows: which file, which byte, how long
 */
public record Step(Duration pause, int device, Happening happening, long choice) {

    /** Out of ten steps, so many are faults, if any are switched on. */
    private static final int FAULTS_OF_TEN = 3;

    public Step {
        if (pause.isNegative() || device < 0) {
            throw new IllegalArgumentException("a step waits for no negative time, on a device that exists");
        }
    }

    /**
     * The steps of a seed. Once a device has been copied, its copies act like all others.
     *
     * @param span how long they last together, without the months which a device may be away
     * @param faults which faults may happen
     */
    public static List<Step> of(RandomGenerator random, Duration span, int devices, Set<Happening> faults) {
        List<Happening> enabled = some(random, faults.stream().sorted().toList());
        long meanMillis = Math.max(1_000, span.toMillis() / 120);
        List<Step> steps = new ArrayList<>();
        int copies = 0;
        long left = span.toMillis();
        while (left > 0) {
            long wait = 1 + random.nextLong(2 * meanMillis);
            left -= wait;
            Happening happening = enabled.isEmpty() || random.nextInt(10) >= FAULTS_OF_TEN
                    ? ordinary(random)
                    : enabled.get(random.nextInt(enabled.size()));
            int device = random.nextInt(devices);
            long choice = random.nextLong();
            steps.add(new Step(Duration.ofMillis(wait), orCopy(device, devices, copies, choice), happening, choice));
            copies += happening == Happening.CLONED && copies < Simulation.CLONES_MAX ? 1 : 0;
        }
        return steps;
    }

    /** As often as is fair one of the copies, which follow the devices in number; else the device that was drawn. */
    private static int orCopy(int device, int devices, int copies, long choice) {
        int any = copies == 0 ? 0 : new SplittableRandom(~choice).nextInt(devices + copies);
        return any < devices ? device : any;
    }

    /** Half of them, so that runs differ in what they combine; all if there are only a few. */
    private static List<Happening> some(RandomGenerator random, List<Happening> faults) {
        return faults.size() <= 3
                ? faults
                : faults.stream().filter(each -> random.nextBoolean()).toList();
    }

    private static Happening ordinary(RandomGenerator random) {
        int number = random.nextInt(20);
        return number < 11 ? Happening.USE : number < 19 ? Happening.TICK : Happening.RESTART;
    }

    @Override
    public String toString() {
        return happening.label() + " on device " + device + " after " + pause + " (" + choice + ")";
    }
}
