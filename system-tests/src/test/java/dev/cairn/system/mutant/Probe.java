package dev.cairn.system.mutant;

import dev.cairn.cli.fleet.CairnFleet;
import dev.cairn.cli.fleet.FleetOptions;
import dev.cairn.cli.fleet.FleetOptions.Company;
import dev.cairn.cli.fleet.FleetResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Plays the fleet of a seed; loaded by a {@link MutantLoader}, so that only classes of Java go in and out. */
public final class Probe implements BiFunction<Path, Long, List<String>> {
    private final Set<Company> company;

    /** A probe of fleets in such company, by name. */
    public Probe(Set<String> company) {
        this.company = company.stream().map(Company::valueOf).collect(Collectors.toSet());
    }

    /** The rules that were broken. */
    @Override
    public List<String> apply(Path scratch, Long seed) {
        FleetResult result = new CairnFleet(scratch, List.of()).run(seed, FleetOptions.mixed(seed, company));
        return result.broken().stream().map(Object::toString).toList();
    }
}
