package io.farandole.streams;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.farandole.streams.joins.Table;
import java.io.IOException;
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
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What folds, and what folds are folded by, knows neither clock nor chance. */
class DeterminismTest {

    private static final DescribedPredicate<JavaMethodCall> ASKS_FOR_NOW =
            DescribedPredicate.describe(
                    "ask java.time for now",
                    call ->
                            call.getName().equals("now")
                                    && call.getTargetOwner().getPackageName().equals("java.time"));

    private static final ArchRule KNOWS_NEITHER_CLOCK_NOR_CHANCE =
            noClasses()
                    .should()
                    .callMethodWhere(ASKS_FOR_NOW)
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(UUID.class, "randomUUID")
                    .orShould()
                    .callMethod(Math.class, "random")
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
    @ValueSource(
            classes = {
                Now.class,
                LocalNow.class,
                Millis.class,
                Nanos.class,
                OfAClock.class,
                OfASource.class,
                Dice.class,
                MoreDice.class,
                SharedDice.class,
                MathDice.class,
                RandomId.class
            })
    void theRuleFindsEachOfThem(Class<?> sinner) {
        JavaClasses classes = new ClassFileImporter().importClasses(sinner);

        assertThat(KNOWS_NEITHER_CLOCK_NOR_CHANCE.evaluate(classes).hasViolation()).isTrue();
    }

    @Test
    void theRuleLetsEventTimeBe() {
        JavaClasses classes = new ClassFileImporter().importClasses(EventTime.class);

        assertThat(KNOWS_NEITHER_CLOCK_NOR_CHANCE.evaluate(classes).hasViolation()).isFalse();
    }

    interface Folding {
        Object fold(Instant time);
    }

    static final class EventTime implements Folding {
        @Override
        public Object fold(Instant time) {
            return List.of(time.plus(Duration.ofDays(1)), UUID.nameUUIDFromBytes(new byte[0]));
        }
    }

    static final class Now implements Folding {
        @Override
        public Object fold(Instant time) {
            return Instant.now();
        }
    }

    static final class LocalNow implements Folding {
        @Override
        public Object fold(Instant time) {
            return LocalTime.now(ZoneOffset.UTC);
        }
    }

    static final class Millis implements Folding {
        @Override
        public Object fold(Instant time) {
            return System.currentTimeMillis();
        }
    }

    static final class Nanos implements Folding {
        @Override
        public Object fold(Instant time) {
            return System.nanoTime();
        }
    }

    static final class OfAClock implements Folding {
        @Override
        public Object fold(Instant time) {
            return Clock.systemUTC().instant();
        }
    }

    record OfASource(InstantSource source) implements Folding {
        @Override
        public Object fold(Instant time) {
            return source.instant();
        }
    }

    static final class Dice implements Folding {
        @Override
        public Object fold(Instant time) {
            return new Random(1).nextInt();
        }
    }

    static final class MoreDice implements Folding {
        @Override
        public Object fold(Instant time) {
            return new SplittableRandom().nextInt();
        }
    }

    static final class SharedDice implements Folding {
        @Override
        public Object fold(Instant time) {
            return ThreadLocalRandom.current().nextInt();
        }
    }

    static final class MathDice implements Folding {
        @Override
        public Object fold(Instant time) {
            return Math.random();
        }
    }

    static final class RandomId implements Folding {
        @Override
        public Object fold(Instant time) {
            return UUID.randomUUID();
        }
    }
}
