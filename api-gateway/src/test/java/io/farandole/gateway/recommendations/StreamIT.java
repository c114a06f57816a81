package io.farandole.gateway.recommendations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.gateway.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Users' lists that stay open, changed by events that Google's client publishes. */
@TestInstance(Lifecycle.PER_CLASS)
class StreamIT {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final LiveList live = LiveList.filled();

    @Test
    void beginsWithTheListAndTellsOfEachChangeOnce() throws Exception {
        live.list(10, "isbn-2", "show", "isbn-1");
        try (OpenList open = live.open(null)) {
            // Of the list what rules let this user see: not what was booked.
            open.awaitItems("isbn-2,show");
            live.list(11, "gig", "isbn-2", "gig-2");
            live.refreshed(11);
            open.awaitItems("isbn-2,show", "gig,isbn-2");
            // Told again, as Pub/Sub may, and of somebody else: nothing is another.
            live.refreshed(11);
            live.refreshed("15", 4);
            live.list(12, "film");
            live.refreshed(12);
            open.awaitItems("isbn-2,show", "gig,isbn-2", "film");
            assertThat(open.events().getLast().path("params").path("listVersion").asInt())
                    .isEqualTo(12);
            assertThat(open.ids()).doesNotHaveDuplicates();
        }
    }

    @Test
    void sendsNothingAgainToWhomComesBackAndMissesNothing() throws Exception {
        live.list(20, "isbn-2");
        String last;
        try (OpenList open = live.open(null)) {
            open.awaitItems("isbn-2");
            last = open.ids().getLast();
        }
        try (OpenList again = live.open(last)) {
            await().atMost(LONGEST).until(() -> again.has(":unchanged"));
            live.list(21, "gig");
            live.refreshed(21);
            again.awaitItems("gig");
        }
        // What changed while nobody looked comes first.
        live.list(22, "film");
        live.refreshed(22);
        try (OpenList again = live.open(last)) {
            again.awaitItems("film");
        }
    }

    @Test
    void manyChangesInARowComeAsFew() throws Exception {
        live.list(30, "isbn-2");
        try (OpenList open = live.open(null)) {
            open.awaitItems("isbn-2");
            long start = System.nanoTime();
            for (int version = 31; version < 131; version++) {
                live.list(version, version % 2 == 0 ? "gig" : "film");
                live.refreshed(version);
            }
            await().atMost(LONGEST)
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    open.events()
                                                            .getLast()
                                                            .path("params")
                                                            .path("listVersion")
                                                            .asInt())
                                            .isEqualTo(130));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(open.events())
                    .hasSizeLessThanOrEqualTo(
                            3 + Math.toIntExact(took.dividedBy(Platform.STREAMS_AT_MOST_EVERY)));
            assertThat(open.ids()).doesNotHaveDuplicates();
        }
    }

    @Test
    void keepsItselfOpenAndIsNotOpenedWithoutBound() throws Exception {
        List<OpenList> all = new ArrayList<>();
        try {
            for (int i = 0; i < Platform.STREAMS_PER_USER; i++) {
                all.add(live.open(null));
            }
            assertThat(all).allSatisfy(open -> assertThat(open.status()).isEqualTo(200));
            try (OpenList more = live.open(null)) {
                assertThat(more.status()).isEqualTo(429);
            }
            await().atMost(LONGEST).until(() -> all.getFirst().has(":still here"));
        } finally {
            for (OpenList open : all) {
                open.close();
            }
        }
        // Closed by the client, they make room.
        await().atMost(LONGEST)
                .untilAsserted(
                        () -> {
                            try (OpenList open = live.open(null)) {
                                assertThat(open.status()).isEqualTo(200);
                            }
                        });
    }
}
