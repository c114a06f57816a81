package io.farandole.streams;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.ConstructorCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.farandole.streams.joins.Table;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What folds, and what folds are folded by, knows neither clock nor chance. */
class DeterminismTest {

    private static final Map<String, Set<String>> ASKING =
            Map.of(
                    "java.lang.System", Set.of("currentTimeMillis", "nanoTime"),
                    "java.util.UUID", Set.of("randomUUID"),
                    "java.lang.Math", Set.of("random"),
                    "java.util.Calendar", Set.of("getInstance"),
                    "java.util.Collections", Set.of("shuffle"));

    // Not only called: a reference such as Instant::now asks as well.
    private static final DescribedPredicate<JavaAccess<?>> ASKS =
            DescribedPredicate.describe(
                    "asks for the time or for chance",
                    access -> {
                        String name = access.getName();
                        String owner = access.getTargetOwner().getName();
                        return (name.equals("now") && owner.startsWith("java.time."))
                                || (owner.equals("java.util.Date") && isMadeOfNothing(access))
                                || ASKING.getOrDefault(owner, Set.of()).contains(name);
                    });

    private static boolean isMadeOfNothing(JavaAccess<?> access) {
        return access.getTarget() instanceof ConstructorCallTarget made
                && made.getRawParameterTypes().isEmpty();
    }

    private static final ArchRule KNOWS_NEITHER_CLOCK_NOR_CHANCE =
            noClasses()
                    .should()
                    .accessTargetWhere(ASKS)
                    .orShould()
                    .dependOnClassesThat(
                            assignableTo(InstantSource.class)
                                    .or(assignableTo(RandomGenerator.class)));

    @Test
    void foldingKnowsNeither() throws IOException, URISyntaxException {
        List<Path> files = new ArrayList<>(classFilesBeside(Processor.class));
        files.addAll(classFilesBeside(Table.class));
        JavaClasses folding = new ClassFileImporter().importPaths(files);

        assertThat(folding).hasSizeGreaterThan(60);
        KNOWS_NEITHER_CLOCK_NOR_CHANCE.check(folding);
    }

    // Of this package alone: what runs and stores may know the time.
    private static List<Path> classFilesBeside(Class<?> type)
            throws IOException, URISyntaxException {
        Path classes =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                        .resolve(type.getPackageName().replace('.', '/'));
        try (Stream<Path> beside = Files.list(classes)) {
            return beside.filter(path -> path.toString().endsWith(".class")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("sins")
    void theRuleFindsEachOfThem(String sin) {
        assertThat(violations(Sins.class))
                .anyMatch(violation -> violation.contains("Sins." + sin + "("));
    }

    static Stream<String> sins() {
        return Arrays.stream(Sins.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName);
    }

    @Test
    void theRuleLetsEventTimeBe() {
        assertThat(violations(EventTime.class)).isEmpty();
    }

    private static List<String> violations(Class<?> type) {
        JavaClasses classes = new ClassFileImporter().importClasses(type);
        return KNOWS_NEITHER_CLOCK_NOR_CHANCE.evaluate(classes).getFailureReport().getDetails();
    }

    static final class EventTime {
        static List<Object> fold(Instant time) {
            return List.of(time.plus(Duration.ofDays(1)), UUID.nameUUIDFromBytes(new byte[0]));
        }
    }

    /** One in each method. */
    static final class Sins {

        static Object now() {
            return Instant.now();
        }

        static Supplier<Instant> nowByReference() {
            return Instant::now;
        }

        static LongSupplier nanosByReference() {
            return System::nanoTime;
        }

        static Supplier<UUID> idByReference() {
            return UUID::randomUUID;
        }

        static Object localNow() {
            return LocalTime.now(ZoneOffset.UTC);
        }

        static Object millis() {
            return System.currentTimeMillis();
        }

        static Object nanos() {
            return System.nanoTime();
        }

        static Object ofAClock() {
            return Clock.systemUTC().instant();
        }

        static Object ofASource(InstantSource source) {
            return source.instant();
        }

        @SuppressWarnings("JavaUtilDate") // that is the sin
        static Object date() {
            return new Date();
        }

        static Object calendar() {
            return Calendar.getInstance();
        }

        static void shuffled(List<String> list) {
            Collections.shuffle(list);
        }

        static Object dice() {
            return new Random(1).nextInt();
        }

        static Object moreDice() {
            return new SplittableRandom().nextInt();
        }

        static Object sharedDice() {
            return ThreadLocalRandom.current().nextInt();
        }

        static Object mathDice() {
            return Math.random();
        }

        static Object randomId() {
            return UUID.randomUUID();
        }
    }
}
