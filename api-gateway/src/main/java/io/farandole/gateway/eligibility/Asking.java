package io.farandole.gateway.eligibility;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Who asks what, and when.
 *
 * @param zone in which days begin and birthdays come
 * @param age in years, today; less than 0 of whom it is not known
 * @param rules that have anything to say to what is asked
 */
public record Asking(Person person, Wish wish, Instant now, ZoneId zone, int age, Rules rules) {

    public Asking(Person person, Wish wish, Instant now, ZoneId zone) {
        this(person, wish, now, zone, age(person.birthDate(), now, zone), Rules.of(wish));
    }

    private static int age(@Nullable LocalDate born, Instant now, ZoneId zone) {
        return born == null ? -1 : Period.between(born, now.atZone(zone).toLocalDate()).getYears();
    }
}
