package dev.cairn.system.mutant;

import dev.cairn.cli.fleet.FleetOptions.Company;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.asm.MemberSubstitution;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.MethodCall;
import net.bytebuddy.implementation.StubMethod;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * A fault in Cairn, in one method or in several which would otherwise make up for one another.
 *
 * @param name what is wrong then
 * @param sites where
 * @param company the fleets in which it would matter
 * @param stage what is played
 */
record Mutant(String name, List<Site> sites, Set<Company> company, Stage stage) {

    /**
     * A method with a fault.
     *
     * @param type the class, by its name without {@code dev.cairn.}
     * @param method the method; all that have this name
     * @param fault what is done to it
     */
    record Site(String type, String method, Fault fault) {
        ElementMatcher.Junction<MethodDescription> matcher() {
            return ElementMatchers.named(method);
        }
    }

    /** What is played to find it. */
    enum Stage {
        /** Fleets with all of a space. */
        SPACES(Probe.class.getName()),
        /** Two devices that write much and see nothing go wrong. */
        BUSY(BusyProbe.class.getName()),
        /** Devices that are copied or put back. */
        COPIES(CopiesProbe.class.getName()),
        /** Devices of which two at a time join by one code. */
        STRANGERS(StrangersProbe.class.getName()),
        /** Nights of the election alone. */
        NIGHTS(NightProbe.class.getName()),
        /** What compaction must bear, scene by scene. */
        SCENES("dev.cairn.replica.CompactionProbe");

        private final String probe;

        Stage(String probe) {
            this.probe = probe;
        }

        /** The name of the class which plays it. */
        String probe() {
            return probe;
        }
    }

    static Mutant of(String name, String type, String method, Fault fault) {
        return new Mutant(name, List.of(new Site(type, method, fault)), Set.of(), Stage.SPACES);
    }

    Mutant and(String type, String method, Fault fault) {
        return new Mutant(
                name,
                Stream.concat(sites.stream(), Stream.of(new Site(type, method, fault)))
                        .toList(),
                company,
                stage);
    }

    Mutant in(Company... fleets) {
        return new Mutant(name, sites, Set.copyOf(Arrays.asList(fleets)), stage);
    }

    Mutant on(Stage where) {
        return new Mutant(name, sites, company, where);
    }

    /** What is done to a method. */
    sealed interface Fault {
        /** Builds the fault into a class. */
        DynamicType.Builder<?> into(DynamicType.Builder<?> type, ElementMatcher.Junction<MethodDescription> methods);

        /** It does something else instead: nothing, or it returns this. */
        record Instead(Implementation body) implements Fault {
            static Instead nothing() {
                return new Instead(StubMethod.INSTANCE);
            }

            static Instead returning(Object value) {
                return new Instead(FixedValue.value(value));
            }

            static Instead returningNone() {
                try {
                    return new Instead(MethodCall.invoke(List.class.getMethod("of")));
                } catch (NoSuchMethodException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public DynamicType.Builder<?> into(
                    DynamicType.Builder<?> type, ElementMatcher.Junction<MethodDescription> methods) {
                return type.method(methods).intercept(body);
            }
        }

        /** It leaves out what it calls: nothing is done, and no, null or zero is the answer. */
        record Without(String called) implements Fault {
            @Override
            public DynamicType.Builder<?> into(
                    DynamicType.Builder<?> type, ElementMatcher.Junction<MethodDescription> methods) {
                AsmVisitorWrapper wrapper = MemberSubstitution.relaxed()
                        .method(ElementMatchers.named(called))
                        .stub()
                        .on(methods);
                return type.visit(wrapper);
            }
        }
    }
}
