package dev.cairn.system;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** The layers of ARCHITECTURE.md, checked against the compiled classes. A rule that is not a test is a wish. */
@AnalyzeClasses(
        packages = "dev.cairn",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureRules.NoTestJars.class})
final class ArchitectureRules {
    /** Tests of another module come as a jar here, once there is one. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    /** Where a process is put together: the only code which may ask the machine for time, chance and threads. */
    private static final String[] COMPOSITION_ROOTS = {
        "dev.cairn.cli..", "dev.cairn.examples..", "dev.cairn.system..", "dev.cairn.simulation.syncthing.."
    };

    /** The local store, and the databases which a space is written to and read from. */
    private static final String[] SQLITE_HOMES = {
        "dev.cairn.replica.store..",
        "dev.cairn.merge.checkpoint..",
        "dev.cairn.merge.export..",
        "dev.cairn.merge.importing..",
        "dev.cairn.merge.mirror.."
    };

    @ArchTest
    static final ArchRule modulesPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.cairn..")
            .layer("crdt")
            .definedBy("dev.cairn.crdt..")
            .layer("format")
            .definedBy("dev.cairn.format..")
            .layer("replica")
            .definedBy("dev.cairn.replica..")
            .layer("watcher")
            .definedBy("dev.cairn.watcher..")
            .layer("election")
            .definedBy("dev.cairn.election..")
            .layer("merge")
            .definedBy("dev.cairn.merge..")
            .layer("simulation")
            .definedBy("dev.cairn.simulation..")
            .layer("cli")
            .definedBy("dev.cairn.cli..")
            .layer("examples")
            .definedBy("dev.cairn.examples..")
            .layer("system")
            .definedBy("dev.cairn.system..")
            .whereLayer("crdt")
            .mayNotAccessAnyLayer()
            .whereLayer("format")
            .mayNotAccessAnyLayer()
            .whereLayer("simulation")
            .mayNotAccessAnyLayer()
            .whereLayer("replica")
            .mayOnlyAccessLayers("crdt", "format")
            .whereLayer("watcher")
            .mayOnlyAccessLayers("replica", "format")
            .whereLayer("election")
            .mayOnlyAccessLayers("format", "replica")
            .whereLayer("merge")
            .mayOnlyAccessLayers("crdt", "format", "replica")
            .whereLayer("examples")
            .mayOnlyAccessLayers("crdt", "replica", "watcher")
            .whereLayer("system")
            .mayNotBeAccessedByAnyLayer()
            .because("bytes stay at the edges and values in the middle (ARCHITECTURE.md, Layers)");

    /** What the engine is made of, from the values in which it speaks to the documents of a set. */
    @ArchTest
    static final ArchRule theEnginePointsOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.cairn.crdt..")
            .layer("values")
            .definedBy("dev.cairn.crdt.version", "dev.cairn.crdt.view", "dev.cairn.crdt.edit", "dev.cairn.crdt.history")
            .layer("structures")
            .definedBy(
                    "dev.cairn.crdt.codec",
                    "dev.cairn.crdt.graph",
                    "dev.cairn.crdt.immutable",
                    "dev.cairn.crdt.sequence",
                    "dev.cairn.crdt.tree")
            .layer("document")
            .definedBy("dev.cairn.crdt.document")
            .layer("state")
            .definedBy("dev.cairn.crdt.state")
            .layer("snapshot")
            .definedBy("dev.cairn.crdt.snapshot")
            .layer("lineage")
            .definedBy("dev.cairn.crdt.lineage")
            .layer("log")
            .definedBy("dev.cairn.crdt.log")
            .layer("editing")
            .definedBy("dev.cairn.crdt.editing")
            .layer("reversal")
            .definedBy("dev.cairn.crdt.reversal")
            .layer("set")
            .definedBy("dev.cairn.crdt")
            .whereLayer("values")
            .mayNotAccessAnyLayer()
            .whereLayer("structures")
            .mayOnlyAccessLayers("values")
            .whereLayer("document")
            .mayOnlyAccessLayers("values", "structures")
            .whereLayer("state")
            .mayOnlyAccessLayers("values", "structures", "document")
            .whereLayer("snapshot")
            .mayOnlyAccessLayers("values", "structures", "document", "state")
            .whereLayer("lineage")
            .mayOnlyAccessLayers("values", "structures", "document", "state")
            .whereLayer("log")
            .mayOnlyAccessLayers("values", "structures", "document", "state", "snapshot", "lineage")
            .whereLayer("editing")
            .mayOnlyAccessLayers("values", "structures", "document", "state", "log")
            .whereLayer("reversal")
            .mayOnlyAccessLayers("values", "structures", "document", "state", "lineage", "editing")
            .whereLayer("set")
            .mayNotBeAccessedByAnyLayer()
            .because("operations change containers, and everything else reads them (ADR 0024)");

    @ArchTest
    static final ArchRule theEngineKeepsItsContainers = noClasses()
            .that()
            .resideOutsideOfPackage("dev.cairn.crdt..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.cairn.crdt.document..",
                    "dev.cairn.crdt.state..",
                    "dev.cairn.crdt.snapshot..",
                    "dev.cairn.crdt.lineage..",
                    "dev.cairn.crdt.log..",
                    "dev.cairn.crdt.editing..",
                    "dev.cairn.crdt.reversal..",
                    "dev.cairn.crdt.graph..",
                    "dev.cairn.crdt.immutable..",
                    "dev.cairn.crdt.sequence..",
                    "dev.cairn.crdt.tree..")
            .because("what is public there is so for the engine's other packages only (ADR 0024)");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.cairn.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule bouncyCastleStaysInCrypto =
            onlyIn("org.bouncycastle..", "dev.cairn.format.crypto..", "dev.cairn.format.keys..");

    @ArchTest
    static final ArchRule sqliteStaysInTheStore = onlyIn("java.sql..", SQLITE_HOMES);

    @ArchTest
    static final ArchRule sqliteDriverStaysInTheStore = onlyIn("org.sqlite..", SQLITE_HOMES);

    @ArchTest
    static final ArchRule caffeineStaysInTheCache =
            onlyIn("com.github.benmanes.caffeine..", "dev.cairn.replica.cache..");

    @ArchTest
    static final ArchRule directoryWatcherStaysInNio = onlyIn("io.methvin..", "dev.cairn.watcher.nio..");

    @ArchTest
    static final ArchRule jimfsStaysInTheSimulation =
            onlyIn("com.google.common.jimfs..", "dev.cairn.simulation..", "dev.cairn.cli.demo..");

    @ArchTest
    static final ArchRule picocliStaysInTheCommandLine = onlyIn("picocli..", "dev.cairn.cli..", "picocli..");

    @ArchTest
    static final ArchRule filesAreTouchedInFewPlaces = noClasses()
            .that(resideInAPackage("dev.cairn..")
                    .and(DescribedPredicate.not(resideInAnyPackage(
                            "dev.cairn.format.folder..",
                            "dev.cairn.replica.store..",
                            "dev.cairn.replica.identity..",
                            "dev.cairn.watcher.nio..",
                            "dev.cairn.election.local..",
                            "dev.cairn.merge..",
                            "dev.cairn.simulation..",
                            "dev.cairn.cli..",
                            "dev.cairn.examples..",
                            "dev.cairn.system.."))))
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "read or write files",
                    type -> type.isEquivalentTo(Files.class) || type.isEquivalentTo(FileChannel.class)))
            .because("everything else sees values and can be simulated");

    @ArchTest
    static final ArchRule timeAndChanceAreParameters = noClasses()
            .that(outsideCompositionRoots())
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callConstructor(Random.class)
            .because("a whole fleet runs from one seed on one thread");

    @ArchTest
    static final ArchRule systemClocksAreDefaultsOnly = noClasses()
            .that(outsideCompositionRoots())
            .and()
            .haveNameNotMatching(".*Options(\\$Builder)?")
            .should()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .because("only the options name the machine's clock as a default");

    @ArchTest
    static final ArchRule threadsLiveInTheWatcher = noClasses()
            .that(outsideCompositionRoots())
            .and()
            .resideOutsideOfPackages("dev.cairn.watcher..")
            .and()
            .haveNameNotMatching(".*Options(\\$Builder)?")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Executors.class)
            .because("a space runs on its callers' threads and on the executor it was given");

    @ArchTest
    static final ArchRule onlyProgramsPrint = noClasses()
            .that()
            .resideOutsideOfPackages("dev.cairn.cli..", "dev.cairn.examples..", "dev.cairn.system..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("libraries return facts");

    @ArchTest
    static final ArchRule classesAreClosed = classes()
            .that(resideInAPackage("dev.cairn.."))
            .and()
            .areTopLevelClasses()
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .should(new ArchCondition<JavaClass>("be final or abstract") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean closed = type.getModifiers().contains(JavaModifier.FINAL)
                            || type.getModifiers().contains(JavaModifier.ABSTRACT);
                    if (!closed && !type.getSimpleName().equals("package-info")) {
                        events.add(SimpleConditionEvent.violated(type, type.getName() + " is open to inheritance"));
                    }
                }
            })
            .because("there is no inheritance between concrete classes");

    @ArchTest
    static final ArchRule publicSignaturesAreOurs = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat(resideInAnyPackage(
                    "dev.cairn.crdt..",
                    "dev.cairn.format..",
                    "dev.cairn.replica..",
                    "dev.cairn.watcher..",
                    "dev.cairn.election..",
                    "dev.cairn.merge.."))
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .should(new ArchCondition<JavaMethod>("show only types of the JDK and of Cairn") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    Stream.concat(method.getRawParameterTypes().stream(), Stream.of(method.getRawReturnType()))
                            .map(JavaClass::getBaseComponentType)
                            .filter(type -> !type.isPrimitive()
                                    && !type.getPackageName().startsWith("java.")
                                    && !type.getPackageName().startsWith("dev.cairn"))
                            .forEach(type -> events.add(SimpleConditionEvent.violated(
                                    method, method.getFullName() + " shows " + type.getName())));
                }
            })
            .because("a library that we replace must not break an application");

    private static DescribedPredicate<JavaClass> outsideCompositionRoots() {
        return resideInAPackage("dev.cairn..")
                .and(DescribedPredicate.not(resideInAnyPackage(COMPOSITION_ROOTS)))
                .as("classes outside the composition roots");
    }

    private static ArchRule onlyIn(String library, String... homes) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true)
                .because("one library lives in one place, so that it can be replaced there");
    }
}
