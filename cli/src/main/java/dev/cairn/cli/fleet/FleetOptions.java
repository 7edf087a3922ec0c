package dev.cairn.cli.fleet;

import dev.cairn.simulation.fleet.Happening;
import dev.cairn.simulation.profile.SyncProfile;
import java.time.Duration;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What one run of a fleet is made of, apart from its seed.
 *
 * @param profile the name of the sync tool, one of {@link #profiles()}
 * @param devices how many, without clones
 * @param span how long they live before they are healed
 * @param faults what may go wrong
 * @param company what else the fleet has
 */
public record FleetOptions(String profile, int devices, Duration span, Set<Happening> faults, Set<Company> company) {
    public static final int DEVICES_MAX = 32;

    private static final Map<String, Supplier<SyncProfile>> PROFILES = new LinkedHashMap<>();

    static {
        PROFILES.put("perfect", SyncProfile::perfect);
        PROFILES.put("syncthing", SyncProfile::syncthing);
        PROFILES.put("dropbox", SyncProfile::dropbox);
        PROFILES.put("onedrive", SyncProfile::oneDrive);
        PROFILES.put("google-drive", SyncProfile::googleDrive);
        PROFILES.put("icloud", SyncProfile::iCloud);
        PROFILES.put("nextcloud", SyncProfile::nextcloud);
        PROFILES.put("rsync", SyncProfile::rsync);
        PROFILES.put("usb-stick", SyncProfile::usbStick);
    }

    public FleetOptions {
        if (!PROFILES.containsKey(profile)) {
            throw new IllegalArgumentException("no profile " + profile + " among " + PROFILES.keySet());
        }
        if (devices < 1 || devices > DEVICES_MAX) {
            throw new IllegalArgumentException("1 to " + DEVICES_MAX + " devices, not " + devices);
        }
        faults = Set.copyOf(faults);
        company = Set.copyOf(company);
        if (company.contains(Company.HOSTILE) && devices < 2) {
            throw new IllegalArgumentException("a hostile member needs another one, so at least 2 devices");
        }
        if (span.isNegative() || span.isZero()) {
            throw new IllegalArgumentException("a run lasts longer than nothing, not " + span);
        }
    }

    /** What a fleet may have beside devices that write and read. */
    public enum Company {
        /** The last device is a member with valid keys that breaks every rule. */
        HOSTILE,
        /** The devices elect a leader, which compacts. */
        LEADER,
        /** Each device compacts now and then, over days, whoever else does. */
        COMPACTING,
        /** The devices write files that never change, as for tools which dislike those that do. */
        SEALED,
        /** Each code is given to two devices, so that one of them may find that it is no member after all. */
        SHARED_CODES;

        /** The name on the command line. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Whether one of the devices is a member that breaks every rule. */
    public boolean hostile() {
        return company.contains(Company.HOSTILE);
    }

    /** Whether the devices elect a leader, which compacts. */
    public boolean led() {
        return company.contains(Company.LEADER);
    }

    /** Whether each device compacts now and then. */
    public boolean compacting() {
        return company.contains(Company.COMPACTING);
    }

    /** Whether what checkpoints hold goes while they live. */
    public boolean retiring() {
        return led() || compacting();
    }

    /** Five devices over Syncthing for eight hours under all faults. */
    public static FleetOptions defaults() {
        return new FleetOptions("syncthing", 5, Duration.ofHours(8), Happening.faults(), Set.of());
    }

    /**
     * All faults for 40 minutes, or for days where devices compact without a leader; the sync tool and 2 to 4 devices
     * follow from the seed.
     */
    public static FleetOptions mixed(long seed, Set<Company> company) {
        List<String> names = List.copyOf(PROFILES.keySet());
        String profile = names.get(Math.floorMod(seed, names.size()));
        int devices = 2 + Math.floorMod(seed, 3);
        boolean slow = company.contains(Company.COMPACTING) && !company.contains(Company.LEADER);
        Duration span = slow ? Duration.ofDays(4) : Duration.ofMinutes(40);
        return new FleetOptions(profile, devices, span, Happening.faults(), company);
    }

    /**
     * The company that follows from a seed. Of 32 seeds in a row each has another one; and 288 in a row, mixed, bring
     * each company together with each sync tool, since there are nine of these.
     */
    public static Set<Company> mixedCompany(long seed) {
        List<Company> all = List.of(Company.values());
        long chosen = Math.floorMod(seed, 1L << all.size());
        return BitSet.valueOf(new long[] {chosen}).stream().mapToObj(all::get).collect(Collectors.toUnmodifiableSet());
    }

    /** The names of all profiles. */
    public static Set<String> profiles() {
        return PROFILES.keySet();
    }

    SyncProfile tool() {
        return Optional.ofNullable(PROFILES.get(profile)).orElseThrow().get();
    }

    /** The options of {@code cairn simulate} which give this run. */
    public String arguments() {
        TreeSet<String> names = new TreeSet<>();
        faults.forEach(fault -> names.add(fault.label()));
        String named = faults.equals(Happening.faults()) ? "all" : names.isEmpty() ? "none" : String.join(",", names);
        return "--profile " + profile + " --devices " + devices + " --hours " + hours() + " --faults " + named
                + companyLabels().stream().map(label -> " --" + label).collect(Collectors.joining());
    }

    /** What the company is called on the command line, always in one order. */
    public List<String> companyLabels() {
        return company.stream().sorted().map(Company::label).toList();
    }

    private String hours() {
        return span.toMinutes() % 60 == 0
                ? Long.toString(span.toHours())
                : Double.toString(span.toMillis() / 3_600_000.0);
    }
}
