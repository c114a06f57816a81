package io.farandole.streams.running;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.streams.installation.Installation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InstanceNumberIT {

    private static final String HELD = "select count(*) from pg_locks where locktype = 'advisory'";

    private final Installation installation = new Installation();
    private final List<InstanceNumber> taken = new ArrayList<>();

    @AfterEach
    void close() {
        taken.forEach(InstanceNumber::close);
        installation.close();
    }

    @Test
    void differsFromThoseOfOthers() {
        for (int i = 0; i < 8; i++) {
            take();
        }

        assertThat(taken)
                .extracting(InstanceNumber::current)
                .doesNotHaveDuplicates()
                .allMatch(number -> number >= 0 && number < InstanceNumber.COUNT);
    }

    @Test
    void isTakenAgainWhenItsConnectionWasLostAndFreeWhenItIsClosed() {
        InstanceNumber number = take();
        assertThat(installation.number(HELD)).isEqualTo(1);

        installation.execute(
                "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'");
        number.keep();
        number.keep();
        assertThat(installation.number(HELD)).isEqualTo(1);

        number.close();
        assertThat(installation.number(HELD)).isZero();
    }

    private InstanceNumber take() {
        InstanceNumber number = new InstanceNumber(installation.wiring().database());
        number.keep();
        taken.add(number);
        return number;
    }
}
