package io.farandole.local.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PublisherGrpc.PublisherBlockingStub;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Topic;
import io.farandole.local.importing.Importing;
import io.farandole.local.movielens.DataSet;
import io.farandole.orchestrator.ledger.Account;
import io.farandole.orchestrator.ledger.BalancingLedger;
import io.farandole.orchestrator.ledger.CountingJournal;
import io.farandole.orchestrator.ledger.ReadingLedger;
import io.farandole.orchestrator.verifying.Verdict;
import io.farandole.orchestrator.verifying.Verifying;
import io.farandole.postgres.DurablePostgres;
import io.farandole.processors.archive.Archive;
import io.farandole.pubsub.EmbeddedPubSub;
import io.farandole.pubsub.journal.JournalReader;
import io.farandole.pubsub.time.TestClock;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Events that were published forty days ago by the broker's calendar, of which its journal has
 * nothing any more: the books balance against the archive, rows are verified from it, and both see
 * what is wrong.
 */
@EnabledIfSystemProperty(named = "farandole.chaos", matches = "true")
class PastTheJournalIT {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Duration AGO = Duration.ofDays(40);
    private static final JournalBounds BOUNDS = new JournalBounds(2_000_000_000, 31);
    private static final int USERS = 40;
    private static final int MOVIES = 30;
    private static final long SEGMENT = 64L << 20;
    private static final int BULK = 500_000;

    @TempDir private Path path;

    private final TestClock calendar = TestClock.at(Instant.now().minus(AGO));
    private DataDirectory directory;
    private EmbeddedPubSub pubsub;
    private DurablePostgres postgres;
    private JdbcClient database;
    private ConfigurableApplicationContext orchestrator;
    private ConfigurableApplicationContext processors;

    @BeforeEach
    void start() {
        directory = new DataDirectory(path.resolve("data"));
        directory.create();
        pubsub = EmbeddedPubSub.builder().journal(directory.journal()).clock(calendar).start();
        postgres = DurablePostgres.in(directory.postgres()).start();
        database = JdbcClient.create(postgres.ownerDataSource());
        Services services =
                new Services(
                        postgres.endpoint(),
                        new Ports(0, 0, pubsub.port()),
                        directory,
                        BOUNDS,
                        OldClients.AS_SET,
                        new WithoutSocket(pubsub));
        orchestrator = services.orchestrator();
        processors = services.processors();
    }

    @AfterEach
    void end() {
        processors.close();
        orchestrator.close();
        postgres.close();
        pubsub.close();
    }

    @Test
    void balancesAndVerifiesFromTheArchiveAlone() throws Exception {
        publish("long ago", 1);
        Verdict then = verify(Clock.fixed(calendar.instant(), ZoneOffset.UTC));
        assertThat(then.discrepancies()).isEmpty();
        assertThat(then.traced()).isPositive();
        assertThat(then.untraced()).isZero();

        letTheJournalForget();
        balancesWithoutTheJournal();
        Verdict now = verify(Clock.systemUTC());
        assertThat(now.discrepancies()).isEmpty();
        assertThat(now.events()).isEqualTo(then.events());
        assertThat(now.untraced()).isEqualTo(now.events());
        assertThat(now.traced()).isZero();
        assertThat(now.rowsCompared()).isEqualTo(then.rowsCompared());

        seesWhatIsWrong();

        publish("today", USERS + 1);
        assertThat(imbalances()).isEmpty();
        Verdict both = verify(Clock.systemUTC());
        assertThat(both.discrepancies()).isEmpty();
        assertThat(both.untraced()).isEqualTo(then.events());
        assertThat(both.traced()).isPositive();
    }

    private void publish(String name, int firstUser) throws IOException {
        long before = published();
        try (Importing importing =
                new Importing(town(name, firstUser), pubsub.endpoint(), AllInOne.PROJECT)) {
            importing.run();
        }
        await().atMost(LONG)
                .until(
                        () ->
                                published() > before
                                        && isIdle()
                                        && number(
                                                        "select count(*) from streams.outbox"
                                                                + " where published_at is null")
                                                == 0
                                        // What was published between the two looks.
                                        && isIdle());
    }

    private boolean isIdle() {
        return pubsub.subscriptionCounts().stream()
                .allMatch(one -> one.waiting() == 0 && one.outstanding() == 0);
    }

    private long published() {
        return pubsub.topicCounts().stream()
                .filter(one -> one.topic().endsWith("/activity"))
                .mapToLong(one -> one.published())
                .sum();
    }

    /** Forty days pass; and files go once others have been begun. */
    private void letTheJournalForget() {
        calendar.advanceTo(Instant.now());
        ManagedChannel channel =
                ManagedChannelBuilder.forTarget(pubsub.endpoint()).usePlaintext().build();
        try {
            PublisherBlockingStub publisher = PublisherGrpc.newBlockingStub(channel);
            String bulk = "projects/" + AllInOne.PROJECT + "/topics/bulk";
            assertThat(publisher.createTopic(Topic.newBuilder().setName(bulk).build()).getName())
                    .isEqualTo(bulk);
            PublishRequest request =
                    PublishRequest.newBuilder()
                            .setTopic(bulk)
                            .addMessages(
                                    PubsubMessage.newBuilder()
                                            .setData(ByteString.copyFrom(new byte[BULK])))
                            .build();
            for (long bytes = 0; bytes < 2 * SEGMENT; bytes += BULK) {
                assertThat(publisher.publish(request).getMessageIdsCount()).isEqualTo(1);
            }
        } finally {
            channel.shutdownNow();
        }
        await().atMost(LONG)
                .until(
                        () -> {
                            calendar.advance(Duration.ofMinutes(1));
                            return journaled() == 0;
                        });
    }

    private long journaled() {
        AtomicLong events = new AtomicLong();
        JournalReader.read(
                directory.journal(),
                message -> {
                    if (!message.topic().endsWith("/bulk")) {
                        events.incrementAndGet();
                    }
                });
        return events.get();
    }

    private void balancesWithoutTheJournal() {
        assertThat(imbalances()).isEmpty();
        assertThat(accounts())
                .filteredOn(account -> account.topic().equals("activity"))
                .hasSize(4)
                .allSatisfy(
                        account -> {
                            assertThat(account.published()).isZero();
                            assertThat(account.distinctPublished()).isZero();
                            assertThat(account.earlier()).isPositive();
                            assertThat(account.earlier())
                                    .isEqualTo(account.delivered() - account.duplicate());
                        });
    }

    private void seesWhatIsWrong() throws IOException {
        String oneMore =
                """
                update streams.ledger set delivered = delivered + %1$d, applied = applied + %1$d
                where (generation, topic, hour, worker) in (
                  select l.generation, l.topic, l.hour, l.worker
                  from streams.ledger l join streams.generation g on g.id = l.generation
                  where g.processor = 'profile' and l.topic = 'activity'
                  order by l.hour, l.worker limit 1)
                """;
        assertThat(database.sql(oneMore.formatted(1)).update()).isEqualTo(1);
        assertThat(imbalances()).singleElement().asString().contains("events in the archive");
        assertThat(database.sql(oneMore.formatted(-1)).update()).isEqualTo(1);
        assertThat(imbalances()).isEmpty();

        String row = "(select min(key) from profile.items)";
        String kept =
                database.sql("select value from profile.items where key = " + row)
                        .query(String.class)
                        .single();
        assertThat(
                        database.sql(
                                        "update profile.items set value = value"
                                                + " || '{\"value\": 0.5}' where key = "
                                                + row)
                                .update())
                .isEqualTo(1);
        assertThat(verify(Clock.systemUTC()).discrepancies())
                .anyMatch(one -> one.toString().contains("profile.items"));
        assertThat(
                        database.sql(
                                        "update profile.items set value = :kept::jsonb where key = "
                                                + row)
                                .param("kept", kept)
                                .update())
                .isEqualTo(1);
    }

    private List<Account> accounts() {
        return new BalancingLedger(
                        new CountingJournal(directory.journal(), Clock.systemUTC()),
                        new ReadingLedger(database))
                .accounts();
    }

    private List<String> imbalances() {
        return accounts().stream().flatMap(account -> account.imbalances().stream()).toList();
    }

    private Verdict verify(Clock clock) throws IOException {
        VerifiedArchive archive = new VerifiedArchive(processors.getBean(Archive.class));
        return new Verifying(directory.journal(), archive, database, clock, Duration.ofDays(1))
                .verify();
    }

    private long number(String sql) {
        return database.sql(sql).query(Long.class).single();
    }

    private DataSet town(String name, int firstUser) throws IOException {
        Path files = Files.createDirectory(path.resolve(name));
        List<String> movies = new ArrayList<>(List.of("movieId,title,genres"));
        for (int movie = 1; movie <= MOVIES; movie++) {
            movies.add(movie + ",Movie " + movie + ",Drama");
        }
        Files.write(files.resolve("movies.csv"), movies);
        List<String> ratings = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
        long time = InstantSource.system().instant().minus(AGO.plusDays(1)).getEpochSecond();
        for (int user = firstUser; user < firstUser + USERS; user++) {
            for (int movie = 1; movie <= 5; movie++) {
                ratings.add(user + "," + (1 + (user * 7 + movie) % MOVIES) + ",4.0," + time++);
            }
        }
        Files.write(files.resolve("ratings.csv"), ratings);
        return DataSet.in(files, Clock.systemUTC());
    }
}
