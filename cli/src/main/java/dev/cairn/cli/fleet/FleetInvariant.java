package dev.cairn.cli.fleet;

import java.util.List;

/**
 * A rule which must hold on a healed fleet after whatever happened to it.
 *
 * <p>A part of the product brings its own: implement this and hand it to {@link CairnFleet}.
 */
public interface FleetInvariant {

    /** A stable name of words joined by hyphens. */
    String name();

    /** What is wrong, a line for each; empty if the rule holds. */
    List<String> broken(FleetView fleet);

    /** A rule of this name. */
    static FleetInvariant of(String name, Rule rule) {
        return new FleetInvariant() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<String> broken(FleetView fleet) {
                return rule.broken(fleet);
            }
        };
    }

    /** What a rule says about a fleet. */
    @FunctionalInterface
    interface Rule {
        List<String> broken(FleetView fleet);
    }
}
