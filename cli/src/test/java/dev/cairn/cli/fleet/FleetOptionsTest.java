package dev.cairn.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.cli.fleet.FleetOptions.Company;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a run has from its seed. */
final class FleetOptionsTest {

    @Test
    void ofThirtyTwoSeedsInARowEachHasAnotherCompany() {
        assertThat(LongStream.range(-5, 27).mapToObj(FleetOptions::mixedCompany).distinct())
                .hasSize(32)
                .contains(Set.of(), Set.of(Company.values()));
        assertThat(FleetOptions.mixedCompany(Long.MIN_VALUE)).isEqualTo(FleetOptions.mixedCompany(0));
    }

    @Test
    void inAFewHundredSeedsEachCompanyMeetsEachTool() {
        Set<String> met = LongStream.rangeClosed(1, 288)
                .mapToObj(seed -> FleetOptions.mixed(seed, FleetOptions.mixedCompany(seed)))
                .map(options -> options.profile() + options.companyLabels())
                .collect(Collectors.toSet());
        assertThat(met).hasSize(288);
    }
}
