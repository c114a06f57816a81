package io.farandole.benchmarks;

import io.farandole.benchmarks.following.WatchingCauses;
import io.farandole.benchmarks.producer.Producer;
import io.farandole.local.Failure;
import io.farandole.local.asking.Answer;
import io.farandole.local.asking.Api;
import io.farandole.local.inspecting.Tables;
import io.farandole.local.running.RunningInstance;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ratings from another process, one each by users who rated least, in an open loop: the next one is
 * sent when its time has come, whatever became of the one before.
 */
public final class FreshnessTrials {

    private static final Duration GIVE_UP = Duration.ofSeconds(30);
    private static final int PLACES = 100;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RunningInstance running;
    private final String origin;
    private final Duration pause;

    /**
     * @param origin what answers are to come from: {@code model} or {@code taste}
     * @param pause from one rating to the next
     */
    public FreshnessTrials(RunningInstance running, String origin, Duration pause) {
        this.running = running;
        this.origin = origin;
        this.pause = pause;
    }

    /**
     * Runs that many, and tells of each but the first ones, by which all that takes part gets warm:
     * of those each waits for the end of the one before.
     */
    public List<Trial> run(int warmUp, int count) throws IOException, InterruptedException {
        try (Tables tables = Tables.in(running.directory());
                Api api = new Api(running.ports());
                Producer producer = new Producer(running.pubsubAddress());
                WatchingCauses causes = new WatchingCauses(tables.client());
                ExecutorService trials = Executors.newVirtualThreadPerTaskExecutor()) {
            Scene scene = new Scene(tables, api, producer, causes);
            List<Planned> planned = planned(tables, warmUp + count);
            for (Planned rating : planned.subList(0, warmUp)) {
                watch(scene, rating, rate(scene, rating));
            }
            List<Future<Trial>> watched = new ArrayList<>();
            long next = System.nanoTime();
            for (Planned rating : planned.subList(warmUp, planned.size())) {
                Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
                next += pause.toNanos();
                Rated rated = rate(scene, rating);
                watched.add(trials.submit(() -> watch(scene, rating, rated)));
            }
            List<Trial> ended = new ArrayList<>();
            for (Future<Trial> trial : watched) {
                ended.add(trial.get());
            }
            return List.copyOf(ended);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A trial did not end: " + e.getCause(), e);
        }
    }

    /** Who takes part. */
    private record Scene(Tables tables, Api api, Producer producer, WatchingCauses causes) {}

    /** What was there before the rating, and what is completed when its list is. */
    private record Rated(ListRow before, CompletableFuture<Instant> inReadModel) {}

    private static Rated rate(Scene scene, Planned rating) {
        ListRow before = row(scene.tables(), rating.user());
        Rated rated = new Rated(before, scene.causes().awaited(rating.user(), rating.id()));
        scene.producer().rate(rating.id(), rating.user(), rating.item());
        return rated;
    }

    /** A rating to be sent. */
    private record Planned(String id, String user, String item) {}

    private static List<Planned> planned(Tables tables, int count) {
        List<Planned> planned = new ArrayList<>();
        String run = Long.toString(System.nanoTime(), Character.MAX_RADIX);
        List<String> items = westerns(tables);
        for (String user : usersWhoRatedLeast(tables, count)) {
            planned.add(
                    new Planned(
                            "fresh-" + run + "-" + planned.size(),
                            user,
                            notYetRated(tables, items, user)));
        }
        return planned;
    }

    private static List<String> usersWhoRatedLeast(Tables tables, int count) {
        return tables.client()
                .sql(
                        """
                        select s.value ->> 'user' from profile.items s
                        join streams.generation g on g.id = s.generation and g.phase = 'ACTIVE'
                        group by 1 order by count(*), 1 limit ?
                        """)
                .param(count)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** Those of one kind, the best known first: a model has learnt from them. */
    private static List<String> westerns(Tables tables) {
        return tables.client()
                .sql(
                        """
                        select i.key from catalogue.items i
                        join streams.generation g on g.id = i.generation and g.phase = 'ACTIVE'
                        left join popularity.scores p on p.item = i.key
                        where jsonb_exists(i.value -> 'categories', 'Western')
                        order by p.positive desc nulls last, i.key
                        """)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static String notYetRated(Tables tables, List<String> items, String user) {
        return tables.client()
                .sql(
                        """
                        select i.item
                        from unnest(cast(:items as text[])) with ordinality as i(item, place)
                        where not exists (select 1 from profile.items h
                                          where h.key = :user || '|' || i.item)
                        order by i.place limit 1
                        """)
                .param("items", items.toArray(String[]::new))
                .param("user", user)
                .query(String.class)
                .single();
    }

    private Trial watch(Scene scene, Planned rating, Rated rated) throws InterruptedException {
        try {
            Instant inReadModel = rated.inReadModel().get(GIVE_UP.toSeconds(), TimeUnit.SECONDS);
            Answer next = scene.api().recommendations(rating.user(), PLACES);
            Instant answered = Instant.now();
            ListRow after = row(scene.tables(), rating.user());
            Instant sent =
                    scene.producer().sentAt(rating.id()).get(GIVE_UP.toSeconds(), TimeUnit.SECONDS);
            return new Trial(
                    rating.user(),
                    rating.item(),
                    Duration.between(sent, inReadModel),
                    Duration.between(sent, answered),
                    flaw(rating, rated.before(), after, next));
        } catch (TimeoutException _) {
            return flawed(rating, "not seen after " + GIVE_UP.toSeconds() + " s");
        } catch (Failure | ExecutionException e) {
            return flawed(rating, String.valueOf(e.getMessage()));
        }
    }

    private static Trial flawed(Planned rating, String flaw) {
        return new Trial(rating.user(), rating.item(), GIVE_UP, GIVE_UP, flaw);
    }

    private String flaw(Planned rating, ListRow before, ListRow after, Answer next) {
        String answered = next.body().path("params").path("causedBy").path("id").asString("");
        if (!answered.equals(rating.id())) {
            return "the next answer, " + next.status() + ", names " + answered + " as its cause";
        }
        String from = next.body().path("params").path("origin").asString("");
        if (!from.equals(origin)) {
            return "the next answer comes from " + from + " and not from " + origin;
        }
        if (after.has(rating.item())) {
            return "the rated item is still on the list";
        }
        return before.differsBeyond(rating.item(), after)
                ? ""
                : "no other item's score, place or presence changed";
    }

    private static ListRow row(Tables tables, String user) {
        return tables.client()
                .sql(
                        """
                        select s.list::text from personalisation.served s
                        where s.key = ?
                        """)
                .param(user)
                .query((row, _) -> ListRow.of(JSON.readTree(row.getString(1))))
                .optional()
                .orElse(ListRow.NONE);
    }
}
