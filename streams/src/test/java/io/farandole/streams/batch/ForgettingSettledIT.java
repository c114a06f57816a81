package io.farandole.streams.batch;

import static io.farandole.streams.batch.Training.requested;
import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.events.TrainingEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is settled is deleted in the end, and nothing else. */
final class ForgettingSettledIT {

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private BatchDatabase database;
    private BatchTransaction<TrainingEvent> batches;

    @BeforeEach
    void prepare() {
        database = BatchDatabase.emptied(Training.NAME);
        PreparedProcessor prepared =
                new PreparingProcessors(database.pool(2), new SettableClock(start))
                        .prepare(new Training().processor());
        batches = prepared.batches(Training.source(prepared.processor()));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void goesAfterItsRetention() {
        for (int run = 0; run < 4; run++) {
            batches.apply(
                    List.of(
                            requested("waits" + run, "later", start),
                            requested("works" + run, "operator", start)),
                    0);
        }
        database.execute(
                """
                update streams.dead_letter
                set status = 'RESOLVED', resolved_at = now() - interval '1 day' * (id % 4)
                where id > (select min(id) from streams.dead_letter);
                update streams.work
                set state = case id % 4 when 0 then 'QUEUED' when 1 then 'FAILED' else 'DONE' end,
                    finished_at = now() - interval '1 day' * (id % 4)
                """);
        List<String> letters =
                database.rows(
                        """
                        select id from streams.dead_letter where status = 'OPEN'
                          or resolved_at > now() - interval '36 hours' order by id
                        """);
        assertThat(letters).hasSizeBetween(2, 3);

        int gone = new ForgettingSettled(database.owner(), Duration.ofHours(36)).forget();

        assertThat(gone).isEqualTo(4 - letters.size() + 2);
        assertThat(database.rows("select id from streams.dead_letter order by id"))
                .isEqualTo(letters);
        assertThat(database.rows("select state from streams.work order by 1"))
                .containsExactly("FAILED", "QUEUED");
    }

    @Test
    void idsOfSourceEventsGoByWhenTheyWerePublished() {
        database.execute(
                """
                insert into streams.source_inbox (published_hour, generation, identity)
                select now() - interval '1 day' * (n % 40) + interval '1 hour', 1, md5(n::text)::uuid
                from generate_series(1, 20000) n
                """);

        int gone =
                new ForgettingSources(database.owner())
                        .forgetPublishedBefore(Instant.now().minus(Duration.ofDays(33)));

        assertThat(gone).isEqualTo(20_000 * 6 / 40);
        assertThat(
                        database.rows(
                                """
                                select count(*), min(published_hour) > now() - interval '33 days'
                                from streams.source_inbox
                                """))
                .containsExactly("17000|t");
    }

    @Test
    void goesPortionByPortion() {
        batches.apply(List.of(requested("waits", "later", start)), 0);
        database.execute(
                """
                update streams.dead_letter
                set status = 'RESOLVED', resolved_at = now() - interval '1 day';
                insert into streams.dead_letter (generation, topic, cause, status, identity,
                    message_id, ordering_key, attributes, payload, published, published_hour,
                    reason, place, fingerprint, attempts, first_seen, resolved_at)
                select generation, topic, cause, status, identity, message_id, ordering_key,
                    attributes, payload, published, published_hour, reason, place, fingerprint,
                    attempts, first_seen, resolved_at
                from streams.dead_letter, generate_series(1, 2500)
                """);

        assertThat(new ForgettingSettled(database.owner(), Duration.ofHours(1)).forget())
                .isEqualTo(2_501);
        assertThat(database.rows("select * from streams.dead_letter")).isEmpty();
    }
}
