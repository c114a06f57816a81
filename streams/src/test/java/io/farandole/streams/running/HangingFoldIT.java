package io.farandole.streams.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Viewed;
import io.farandole.events.Message;
import io.farandole.streams.Context;
import io.farandole.streams.Outcome;
import io.farandole.streams.deadletters.DeadLetter;
import io.farandole.streams.deadletters.DeadLetterDesk;
import io.farandole.streams.deadletters.DeadLetterFilter;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.Tally;
import io.farandole.streams.installation.TellingTheSeed;
import io.farandole.streams.installation.ViewBooks;
import io.farandole.streams.installation.Views;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** A fold that never ends with one message: that one is put aside, and all others are applied. */
@EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
@ExtendWith(TellingTheSeed.class)
class HangingFoldIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int SELDOM = 150;

    private final Installation installation = new Installation();
    private final ViewBooks books = new ViewBooks(installation);
    private final Views views =
            new Views(installation.wiring(), new Random(TellingTheSeed.SEED).nextLong());
    private final AtomicReference<String> hanging = new AtomicReference<>("");
    private final AtomicBoolean mended = new AtomicBoolean();

    @BeforeEach
    void provision() {
        Views.provision(installation.wiring());
    }

    @AfterEach
    void close() {
        mended.set(true);
        installation.close();
    }

    @Test
    void isGivenUpPutAsideAndRedrivenOnceItIsMended() throws Exception {
        StreamsSettings settings =
                StreamsSettings.defaults().withFoldDeadline(Duration.ofMillis(500));
        Streams first = installation.wiring().streams(settings, Tally.folding(this::fold));
        first.start();
        views.publish(500);
        await().atMost(LONG).until(() -> books.settled() == views.distinct());

        DeadLetterDesk desk =
                new DeadLetterDesk(installation.wiring().database(), Clock.systemUTC());
        List<DeadLetter> letters = desk.open(DeadLetterFilter.ALL, 10);
        assertThat(letters).hasSize(1);
        assertThat(letters.getFirst().reason()).contains("did not end within PT0.5S");
        await().atMost(LONG).until(() -> first.condition().troubles().isEmpty());
        // Those behind it in its lane, and whatever comes, are applied as ever.
        views.publish(300);
        await().atMost(LONG).until(() -> books.settled() == views.distinct());
        first.stop();

        mended.set(true);
        Streams second = installation.wiring().streams(settings, Tally.folding(this::fold));
        second.start();
        assertThat(desk.redrive(List.of(letters.getFirst().id()))).hasSize(1);
        await().atMost(LONG).until(() -> desk.open(DeadLetterFilter.ALL, 10).isEmpty());
        await().atMost(LONG).untilAsserted(books::everythingSaidIsPublished);
        second.stop();
        assertThat(books.byKey("tally.items")).isEqualTo(new TreeMap<>(views.byItem()));
        assertThat(books.byKey("tally.users")).isEqualTo(new TreeMap<>(views.byUser()));
    }

    /** Does not even listen to interrupts with the first message of a kind that comes. */
    private Outcome fold(Message<ActivityEvent> message, Context context) {
        String id = message.envelope().id();
        if (message.event() instanceof Viewed && Math.floorMod(id.hashCode(), SELDOM) == 0) {
            boolean _ = hanging.compareAndSet("", id);
        }
        while (hanging.get().equals(id) && !mended.get()) {
            Thread.onSpinWait();
        }
        return Tally.fold(message, context);
    }
}
