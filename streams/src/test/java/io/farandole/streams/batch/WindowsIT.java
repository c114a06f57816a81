package io.farandole.streams.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The batch transaction keeps the contract. */
final class WindowsIT extends WindowsContract {

    private BatchDatabase database;
    private StoredVisits machine;

    @BeforeEach
    void prepare() {
        database = BatchDatabase.emptied(Visits.NAME);
        machine = new StoredVisits(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    Machine machine() {
        return machine;
    }

    @Test
    void whatIsDroppedIsOnlyCountedAndWhatIsDivertedIsKept() {
        machine.hear(List.of(viewed(1, "bob", "hour", 100, 100)));
        machine.hear(List.of(viewed(2, "ann", "hour", 5, 100)));
        machine.hear(List.of(viewed(3, "ann", "session", 5, 100)));

        assertThat(database.ledger()).isEqualTo("3|1|0|2|0|0|0");
        assertThat(
                        database.rows(
                                """
                                select cause, reason, attributes ->> 'ce-causedbyid'
                                from streams.dead_letter
                                """))
                .containsExactly("LATE|the windows of ann are closed|view-3");
    }
}
