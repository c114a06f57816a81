package io.farandole.processors.sinning;

import java.time.Clock;
import java.time.Instant;
import java.util.Calendar;
import java.util.Date;
import java.util.function.Supplier;

/** What no fold may do: one in each method. */
public final class Clocks {

    private Clocks() {}

    static Object now() {
        return Instant.now();
    }

    static Supplier<Instant> nowByReference() {
        return Instant::now;
    }

    static Object millis() {
        return System.currentTimeMillis();
    }

    static Object ofAClock() {
        return Clock.systemUTC().instant();
    }

    @SuppressWarnings("JavaUtilDate") // that is the sin
    static Object date() {
        return new Date();
    }

    static Object calendar() {
        return Calendar.getInstance();
    }
}
