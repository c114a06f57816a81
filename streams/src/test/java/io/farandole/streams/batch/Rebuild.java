package io.farandole.streams.batch;

import io.farandole.events.ActivityEvent;
import io.farandole.streams.ArchivedEvent;
import io.farandole.streams.ArchivedEvents.Wanted;
import io.farandole.streams.Delivery;
import io.farandole.streams.Processor;
import io.farandole.streams.Source;
import io.farandole.streams.batch.SwitchingGenerations.Allowance;
import io.farandole.streams.batch.SwitchingGenerations.Asked;
import io.farandole.streams.batch.SwitchingGenerations.Switch;
import io.farandole.streams.testing.InMemoryArchive;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** A live generation of the counting processor, its archive, and a generation built beside it. */
final class Rebuild {

    private static final int PORTION = 7;

    private final DataSource pool;
    private final Clock clock;
    private final InMemoryArchive archive = new InMemoryArchive();
    private final Source<ActivityEvent> source;
    private final PreparedProcessor live;

    Rebuild(BatchDatabase database, Clock clock) {
        this(database, clock, Counting.SOURCE);
    }

    /**
     * @param source what all generations of the counting processor read by
     */
    Rebuild(BatchDatabase database, Clock clock, Source<ActivityEvent> source) {
        this.source = source;
        this.pool = database.pool(6);
        this.clock = clock;
        this.live = preparing().prepare(Counting.describe(source).build());
    }

    InMemoryArchive archive() {
        return archive;
    }

    PreparedProcessor live() {
        return live;
    }

    PreparingProcessors preparing() {
        return new PreparingProcessors(pool, clock);
    }

    RegisteredGenerations registered() {
        return new RegisteredGenerations(pool);
    }

    SwitchingGenerations switching() {
        return new SwitchingGenerations(pool);
    }

    ComparingGenerations comparing() {
        return new ComparingGenerations(pool);
    }

    DroppingGenerations dropping() {
        return new DroppingGenerations(pool);
    }

    /** As published: archived, and heard by the live generation. */
    void happen(List<Delivery> deliveries) {
        archived(deliveries);
        apply(live, deliveries);
    }

    void archived(List<Delivery> deliveries) {
        deliveries.forEach(delivery -> archive.add("activity", delivery));
    }

    Receipt apply(PreparedProcessor generation, List<Delivery> deliveries) {
        return generation.batches(source).apply(deliveries, 1);
    }

    PreparedProcessor begin() {
        return begin(Counting.describe(source).build());
    }

    PreparedProcessor begin(Processor processor) {
        return preparing().prepareNew(processor);
    }

    /** Reads the archive to its end. */
    void backfill(PreparedProcessor generation) {
        generation.backfilling().noteExpired(archive.expired(Set.of("activity")));
        while (backfillOnce(generation)) {}
    }

    /** Reads one portion, as one who knows nothing of the portions before. */
    boolean backfillOnce(PreparedProcessor generation) {
        Backfilling backfilling = generation.backfilling();
        Map<String, Long> positions = backfilling.positions();
        List<ArchivedEvent> portion = portion(positions);
        if (portion.isEmpty()) {
            return false;
        }
        Map<String, Long> _ = backfilling.apply(backfilling.read(portion), positions, 0);
        return true;
    }

    List<ArchivedEvent> portion(Map<String, Long> positions) {
        return archive.read(
                new Wanted(Set.of("activity"), positions.getOrDefault("activity", 0L), null),
                PORTION);
    }

    /** Past backfill and catching up. */
    void shadow(PreparedProcessor generation) {
        RegisteredGenerations all = registered();
        boolean _ =
                all.move(
                        generation.generation(), GenerationPhase.CREATED, GenerationPhase.BACKFILL);
        boolean _ =
                all.move(
                        generation.generation(), GenerationPhase.BACKFILL, GenerationPhase.CATCHUP);
        boolean _ =
                all.move(generation.generation(), GenerationPhase.CATCHUP, GenerationPhase.SHADOW);
    }

    ComparingGenerations.Comparison compare(PreparedProcessor other) {
        return comparing()
                .compare(live.generation(), other.generation(), ComparingGenerations.TOP, 10);
    }

    /** Switches, whatever either holds. */
    Switch activate(int number, Allowance allowed, boolean dry) {
        return activate(number, allowed, new Asked("a test", null), dry);
    }

    Switch activate(int number, Allowance allowed, Asked asked, boolean dry) {
        return switching().activate(Counting.NAME, number, allowed, asked, dry);
    }
}
