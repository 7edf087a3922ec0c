package dev.cairn.cli.fleet;

import dev.cairn.cli.fleet.FleetOptions.Company;
import dev.cairn.cli.fleet.Promises.Promise;
import dev.cairn.format.WriterId;
import dev.cairn.format.election.Token;
import dev.cairn.replica.FolderKeys;
import dev.cairn.replica.Profile;
import dev.cairn.replica.Space;
import dev.cairn.replica.Version;
import dev.cairn.simulation.disk.DiskOperation;
import dev.cairn.simulation.fleet.FleetListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Knows what was promised to users and what each device has shown, and notes a broken promise when it sees one. */
final class Oracle implements FleetListener {
    private static final String FOUNDER = "device-0";

    private final Promises promises = new Promises();
    private final SortedMap<String, CairnApp> running = new TreeMap<>();
    private final Map<String, String> invites = new HashMap<>();
    private final Set<String> shared = new TreeSet<>();
    private final Map<String, BitSet> shown = new HashMap<>();
    private final Map<String, BitSet> backups = new HashMap<>();
    private final Map<String, Integer> backupAt = new HashMap<>();
    private final SortedMap<String, String> noted = new TreeMap<>();
    private final Retiring retiring = new Retiring(promises, (rule, line) -> noted.putIfAbsent(rule, line));
    private final Places places = new Places(retiring::isCleaning);
    private final Map<String, String> originals = new HashMap<>();
    private final Map<String, Integer> clonedAt = new HashMap<>();
    private final Set<String> hostile = new TreeSet<>();
    private final Set<String> strangers = new TreeSet<>();
    private final Map<String, Token> ledAs = new HashMap<>();
    private final Set<Company> company;
    private int returned;
    private boolean founded;
    private boolean healed;
    private boolean slow;

    /**
     * An oracle of one run.
     *
     * @param company what the fleet has beside devices that write and read
     */
    Oracle(Set<Company> company) {
        this.company = company;
    }

    boolean isLed() {
        return company.contains(Company.LEADER);
    }

    /** Whether what checkpoints hold goes from the folder while a run lasts. */
    boolean compacts() {
        return isLed() || company.contains(Company.COMPACTING);
    }

    /** How long a segment stays which a checkpoint holds: less than a run lasts, where that matters. */
    Duration grace() {
        return isLed() ? Duration.ofMinutes(5) : compacts() ? Duration.ofHours(4) : Duration.ofDays(7);
    }

    /** Which files the devices write. */
    Profile files() {
        return company.contains(Company.SEALED) ? Profile.SEALED_ONLY : Profile.SYNCTHING;
    }

    Promises promises() {
        return promises;
    }

    SortedMap<String, String> noted() {
        return noted;
    }

    /** Marks a device as one that breaks every rule, its clones included. */
    void distrust(String device) {
        hostile.add(device);
    }

    /** Whether a device, or that of which it is a clone, breaks every rule. */
    boolean isHostile(String device) {
        return hostile.contains(originalName(device));
    }

    /**
     * A device has lost its place among the members. Where codes are shared every other one stays outside for good:
     * nobody promised anything for what it wrote.
     */
    void displaced(String device) {
        retiring.displaced(device);
        if (isStranger(device)) {
            return;
        }
        if (company.contains(Company.SHARED_CODES) && strangers.size() <= returned) {
            strangers.add(originalName(device));
            for (int number = 0; number < promises.size(); number++) {
                if (isStranger(promises.get(number).device())) {
                    promises.doubt(number);
                }
            }
        } else {
            returned++;
            refusedInvite(device);
        }
    }

    /** Whether a device, or that of which it is a clone, is no member and never will be again. */
    boolean isStranger(String device) {
        return strangers.contains(originalName(device));
    }

    /** The name of the device which a clone began as. */
    static String originalName(String device) {
        return device.replaceFirst("-clone\\d+.*", "");
    }

    /** From now on the hostile ones are quiet, so that the others can settle. */
    void heal() {
        healed = true;
    }

    boolean isHealed() {
        return healed;
    }

    /** From now on devices look at each tick and not between. */
    void slowDown() {
        slow = true;
    }

    boolean isSlow() {
        return slow;
    }

    SortedMap<String, CairnApp> running() {
        return running;
    }

    void started(String device, CairnApp app) {
        running.put(device, app);
    }

    void stopped(String device, CairnApp app) {
        running.remove(device, app);
    }

    boolean mayFound(String device) {
        return !founded && device.equals(FOUNDER);
    }

    void founded() {
        founded = true;
    }

    /** The invite by which a device joins, from whoever can give one now. */
    Optional<String> inviteFor(String device) {
        if (!invites.containsKey(device)) {
            CairnApp host = running.get(FOUNDER);
            if (host != null) {
                sharedCode().or(host::invite).ifPresent(code -> invites.put(device, code));
            }
        }
        return Optional.ofNullable(invites.get(device));
    }

    /** A code that was given to one other device only, where users do such a thing. */
    private Optional<String> sharedCode() {
        Optional<String> code = company.contains(Company.SHARED_CODES)
                ? invites.values().stream()
                        .sorted()
                        .filter(given -> !shared.contains(given))
                        .findFirst()
                : Optional.empty();
        code.ifPresent(shared::add);
        return code;
    }

    /** The invite did not work, so the user asks for another one. */
    void refusedInvite(String device) {
        invites.remove(device);
    }

    String messageOf(int number) {
        return "number " + number;
    }

    /** A change begins; until it is acknowledged it may or may not happen. */
    int begin(String device) {
        int number = promises.next();
        promises.skip(device);
        return number;
    }

    void acknowledged(String device, int number, Version version, Space space) {
        BitSet seen = new BitSet();
        CairnApp.shown(space).forEach(seen::set);
        promises.keep(number, new Promise(device, version, seen));
        if (isStranger(device)) {
            promises.doubt(number);
        }
        if (compacts()) {
            retiring.acknowledged(number, space);
        }
    }

    /**
     * What a device shows, which must never be less than before, but for what was written by a device that is no
     * member.
     */
    void looked(String device, SortedSet<Integer> numbers, Supplier<Set<String>> members) {
        BitSet now = new BitSet();
        numbers.forEach(now::set);
        BitSet before = shown.getOrDefault(device, new BitSet());
        BitSet gone = (BitSet) before.clone();
        gone.andNot(now);
        if (!gone.isEmpty()) {
            Set<String> known = members.get();
            for (int number = gone.nextSetBit(0); number >= 0; number = gone.nextSetBit(number + 1)) {
                gone.set(
                        number, known.contains(originalName(promises.get(number).device())));
            }
        }
        if (!gone.isEmpty()) {
            noted.putIfAbsent("monotonic-reads", device + " does not show any more " + gone);
        }
        for (int number : numbers) {
            BitSet missing = (BitSet) promises.get(number).seen().clone();
            missing.andNot(now);
            missing.clear(number);
            if (!missing.isEmpty()) {
                noted.putIfAbsent("causal-order", device + " shows " + number + " without " + missing);
            }
        }
        shown.put(device, now);
        retiring.shown(device, now);
    }

    @Override
    public void backedUp(String device) {
        backups.put(device, (BitSet) shown.getOrDefault(device, new BitSet()).clone());
        backupAt.put(device, promises.size());
    }

    @Override
    public void restored(String device) {
        BitSet others = new BitSet();
        shown.forEach((other, numbers) -> {
            if (!other.equals(device)) {
                others.or(numbers);
            }
        });
        for (int number = backupAt.getOrDefault(device, 0); number < promises.size(); number++) {
            if (promises.get(number).device().equals(device) && !others.get(number)) {
                promises.doubt(number);
            }
        }
        shown.put(device, backups.getOrDefault(device, new BitSet()));
        ledAs.remove(device);
        retiring.restored(device);
        if (device.equals(FOUNDER)) {
            invites.clear(); // it may know nothing of them any more, and who still waits asks again
        }
    }

    @Override
    public void cloned(String original, String clone) {
        originals.put(clone, originals.getOrDefault(original, original));
        clonedAt.put(original, promises.size());
        clonedAt.put(clone, promises.size());
        shown.put(clone, (BitSet) shown.getOrDefault(original, new BitSet()).clone());
        retiring.cloned(original, clone);
    }

    /** Looks who leads at this moment. */
    void judgeLeaders() {
        Map<Token, String> leaders = new TreeMap<>();
        running.forEach((device, app) -> app.leads().ifPresent(token -> leads(leaders, device, token)));
    }

    /** Notes a token that two devices lead by at once, and one less than that by which a device has led before. */
    void leads(Map<Token, String> leaders, String device, Token token) {
        String owner = originals.getOrDefault(device, device);
        String other = leaders.putIfAbsent(token, owner);
        if (other != null && !other.equals(owner)) {
            noted.putIfAbsent("one-leader-per-token", other + " and " + owner + " lead at once by " + token);
        }
        Token before = ledAs.put(device, token);
        if (before != null && before.compareTo(token) > 0) {
            noted.putIfAbsent("tokens-only-grow", device + " led by " + before + " and then by " + token);
        }
    }

    /** Judges what a device has withdrawn since it was asked last. */
    void judgeWithdrawn(String device, Supplier<FolderKeys> keys) {
        retiring.judge(device, keys, running);
    }

    /** Watches what is withdrawn. */
    Retiring retiring() {
        return retiring;
    }

    /** Notes two machines which go on under one writer id although both have written under it since one was copied. */
    void judgeWriters(SortedMap<String, Space> spaces) {
        Map<WriterId, String> machines = new TreeMap<>();
        spaces.forEach((device, space) -> {
            List<WriterId> writers = space.status().self().writers();
            WriterId current = writers.get(writers.size() - 1);
            boolean copied = clonedAt.containsKey(device)
                    && promises.anySince(clonedAt.getOrDefault(device, 0), device, current);
            String other = copied ? machines.putIfAbsent(current, device) : null;
            if (other != null) {
                noted.putIfAbsent("one-machine-per-writer", other + " and " + device + " both write as " + current);
            }
        });
    }

    /** Notes two devices which have changed the directory of one writer; a clone goes on as its original. */
    void judgeTouched() {
        places.judge(
                device -> isHostile(device) ? Optional.empty() : Optional.of(originals.getOrDefault(device, device)),
                line -> noted.putIfAbsent("own-files-only", line));
    }

    @Override
    public void changing(String device, DiskOperation operation, Path path) {
        places.changing(device, operation, path);
        if (!isHostile(device)) {
            retiring.changing(device, operation, path);
        }
    }
}
