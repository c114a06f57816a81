package io.farandole.streams.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import io.farandole.events.ActivityEvent;
import io.farandole.events.ActivityEvent.Viewed;
import io.farandole.events.EventAttributes;
import io.farandole.events.Message;
import io.farandole.streams.Context;
import io.farandole.streams.Outcome;
import io.farandole.streams.batch.DeadLetterCause;
import io.farandole.streams.deadletters.DeadLetter;
import io.farandole.streams.deadletters.DeadLetterDesk;
import io.farandole.streams.deadletters.DeadLetterFilter;
import io.farandole.streams.installation.Collector;
import io.farandole.streams.installation.Installation;
import io.farandole.streams.installation.Tally;
import io.farandole.streams.installation.TellingTheSeed;
import io.farandole.streams.installation.ViewBooks;
import io.farandole.streams.installation.Views;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Among good messages some that nobody can read and some on which the fold fails: all good ones are
 * applied, each bad one is put aside once, and a redrive applies what was mended.
 */
@ExtendWith(TellingTheSeed.class)
class PoisonIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int GOOD = 200;
    private static final int OF_EACH = 2;

    /** More than an event may have, and less than a message may. */
    private static final int TOO_MUCH = 2_000_000;

    private final Random random = new Random(TellingTheSeed.SEED);
    private final Installation installation = new Installation();
    private final ViewBooks books = new ViewBooks(installation);
    private final Views views = new Views(installation.wiring(), random.nextLong());

    /** Of these nothing is ever applied. */
    private final Views strangers = new Views(installation.wiring(), random.nextLong());

    private final AtomicBoolean mended = new AtomicBoolean();

    @BeforeEach
    void provision() {
        Views.provision(installation.wiring());
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void isPutAsideAloneAndRedrivenWhereItCanBe() throws Exception {
        List<PubsubMessage> unreadable = unreadable();
        List<PubsubMessage> failing = failing();
        List<PubsubMessage> all = new ArrayList<>(unreadable);
        all.addAll(failing);
        for (int i = 0; i < GOOD; i++) {
            all.add(views.of("i" + random.nextInt(50)));
        }
        Collections.shuffle(all, random);
        try (Collector said = new Collector(installation.wiring(), "recommendations.collector")) {
            Streams streams =
                    installation
                            .wiring()
                            .streams(StreamsSettings.defaults(), Tally.folding(this::fold));
            streams.start();
            views.publish(all);
            await().atMost(LONG).until(() -> books.settled() == all.size());
            DeadLetterDesk desk =
                    new DeadLetterDesk(installation.wiring().database(), Clock.systemUTC());
            assertThat(
                            desk.open(DeadLetterFilter.ALL, all.size()).stream()
                                    .collect(
                                            Collectors.groupingBy(
                                                    DeadLetter::cause, Collectors.counting())))
                    .containsOnlyKeys(DeadLetterCause.UNDECODABLE, DeadLetterCause.POISON)
                    .containsEntry(DeadLetterCause.UNDECODABLE, (long) unreadable.size())
                    .containsEntry(DeadLetterCause.POISON, (long) failing.size());
            await().atMost(LONG).until(() -> said.distinct() == GOOD);
            assertThat(streams.condition().troubles()).isEmpty();

            mended.set(true);
            desk.redrive(
                    desk.redrivable(DeadLetterFilter.ALL).stream().map(DeadLetter::id).toList());

            await().atMost(LONG).until(() -> said.distinct() == views.distinct());
            await().atMost(LONG)
                    .untilAsserted(
                            () ->
                                    assertThat(desk.open(DeadLetterFilter.ALL, all.size()))
                                            .hasSameSizeAs(unreadable)
                                            .allMatch(
                                                    letter ->
                                                            letter.cause()
                                                                            == DeadLetterCause
                                                                                    .UNDECODABLE
                                                                    && letter.attempts() == 2));
            await().atMost(LONG).untilAsserted(books::everythingSaidIsPublished);
            streams.stop();
            assertThat(books.byKey("tally.items")).isEqualTo(views.byItem());
            assertThat(books.byKey("tally.users")).isEqualTo(views.byUser());
            books.keepTheOrderOfEachUser(said);
        }
    }

    private Outcome fold(Message<ActivityEvent> message, Context context) {
        if (!mended.get() && message.event() instanceof Viewed viewed) {
            switch (viewed.item().value()) {
                case "fails" -> throw new IllegalStateException("a fold with a bug");
                case "recurs" -> throw new StackOverflowError();
                case "asserts" -> throw new AssertionError("cannot be");
                case "lacks-a-class" -> throw new NoClassDefFoundError("io/farandole/Gone");
                default -> {}
            }
        }
        return Tally.fold(message, context);
    }

    private List<PubsubMessage> failing() {
        List<PubsubMessage> all = new ArrayList<>();
        for (int i = 0; i < OF_EACH; i++) {
            for (String item : List.of("fails", "recurs", "asserts", "lacks-a-class")) {
                all.add(views.of(item));
            }
        }
        return all;
    }

    private List<PubsubMessage> unreadable() {
        List<PubsubMessage> all = new ArrayList<>();
        for (int i = 0; i < OF_EACH; i++) {
            PubsubMessage cut = strangers.of("i");
            all.add(
                    cut.toBuilder()
                            .setData(cut.getData().substring(0, cut.getData().size() / 2))
                            .build());
            PubsubMessage odd = strangers.of("i");
            all.add(
                    odd.toBuilder()
                            .setData(
                                    ByteString.copyFromUtf8(
                                            odd.getData()
                                                    .toStringUtf8()
                                                    .replace("\"i\"", "\"\\u0000\"")))
                            .build());
            all.add(
                    strangers.of("i").toBuilder()
                            .putAttributes(EventAttributes.TYPE, "io.farandole.activity.danced.v1")
                            .build());
            all.add(strangers.of("i").toBuilder().removeAttributes(EventAttributes.ID).build());
            all.add(
                    strangers.of("i").toBuilder()
                            .setData(
                                    ByteString.copyFromUtf8(
                                            "{\"viewed\":{\"user\":\""
                                                    + "u".repeat(TOO_MUCH)
                                                    + "\"}}"))
                            .build());
        }
        return all;
    }
}
