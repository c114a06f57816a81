package io.farandole.gateway.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LastingTest {

    private final Some some = new Some();

    @BeforeEach
    void nobodyGrowsOlder() {
        some.birthDate = null;
        some.minimumAge = null;
    }

    @Test
    void isOverWhenAnOfferBeginsOrCanNoLongerBeBooked() {
        assertThat(until()).isEqualTo(some.bookableUntil);
        some.bookableUntil = null;
        assertThat(until()).isEqualTo(some.startsAt);
        // What is over is over: it is the next that counts.
        some.bookableUntil = Some.NOW;
        assertThat(until()).isEqualTo(some.startsAt);
        some.startsAt = Some.NOW.minusSeconds(1);
        assertThat(until()).isNull();
    }

    /** From each of these instants on rules say something else than just before. */
    @Test
    void rulesSayTheSameUntilThenAndSomethingElseFromThenOn() {
        Instant end = Objects.requireNonNull(until());
        assertThat(Rules.allow(some.offer(), at(end.minusMillis(1)))).isEqualTo(true);
        assertThat(Rules.allow(some.offer(), at(end))).isEqualTo(false);
    }

    @Test
    void isOverOnABirthday() {
        some.birthDate = LocalDate.of(2010, 12, 24);
        assertThat(Lasting.until(some.asking(), Stream.of()))
                .isEqualTo(LocalDate.of(2026, 12, 24).atStartOfDay(Some.PARIS).toInstant());
        some.birthDate = LocalDate.of(2008, 2, 29);
        Asking before = at(LocalDate.of(2027, 2, 28).atTime(12, 0).atZone(Some.PARIS).toInstant());
        Instant birthday = Objects.requireNonNull(Lasting.until(before, Stream.of()));
        assertThat(birthday)
                .isEqualTo(LocalDate.of(2027, 3, 1).atStartOfDay(Some.PARIS).toInstant());
        assertThat(at(birthday).age()).isEqualTo(before.age() + 1);
    }

    @Test
    void isOverWhenAGrantIs() {
        Instant end = Some.NOW.plusSeconds(30);
        Person person = new Person(null, some.purse, end, Set.of(), List.of());
        Asking asking = new Asking(person, some.asking().wish(), Some.NOW, Some.PARIS);
        assertThat(Lasting.until(asking, Stream.of(some.offer()))).isEqualTo(end);
        List<Credit.Movement> movements =
                List.of(
                        new Credit.Movement(Some.NOW.minusSeconds(9), 100, Some.NOW),
                        new Credit.Movement(Some.NOW.minusSeconds(8), 100, end.plusSeconds(1)),
                        new Credit.Movement(Some.NOW.minusSeconds(7), 100, end),
                        new Credit.Movement(Some.NOW.minusSeconds(6), -10, null));
        assertThat(Credit.until(movements, Some.NOW)).isEqualTo(end);
        assertThat(Credit.until(movements, end.plusSeconds(1))).isNull();
    }

    private @Nullable Instant until() {
        return Lasting.until(some.asking(), Stream.of(some.offer()));
    }

    private Asking at(Instant now) {
        Asking asking = some.asking();
        return new Asking(asking.person(), asking.wish(), now, Some.PARIS);
    }
}
