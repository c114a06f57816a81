package io.farandole.streams.soaking;

import io.farandole.pubsub.EmbeddedPubSub;
import io.farandole.pubsub.faults.Faults;
import io.farandole.streams.installation.Installation;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Makes them happen, and counts them. */
final class Hardships {

    private static final String NO_ROOM =
            """
            create or replace function public.no_room() returns trigger language plpgsql as
            $$ begin raise exception 'could not extend file: No space left on device'
               using errcode = 'disk_full'; end $$
            """;

    private static final List<String> WRITTEN = List.of("streams.ledger", "streams.outbox");

    private final Installation installation;
    private final Fleet fleet;
    private final Faults faults;
    private final Path journal;
    private final Random random;
    private final Duration longestFreeze;
    private final Map<Hardship, Integer> happened = new EnumMap<>(Hardship.class);

    Hardships(
            Installation installation,
            Fleet fleet,
            Faults faults,
            Path journal,
            Random random,
            Duration longestFreeze) {
        this.installation = installation;
        this.fleet = fleet;
        this.faults = faults;
        this.journal = journal;
        this.random = random;
        this.longestFreeze = longestFreeze;
        installation.execute(NO_ROOM);
    }

    Map<Hardship, Integer> happened() {
        return Map.copyOf(happened);
    }

    /** What goes wrong now and then all the time. */
    void surround() {
        faults.seed(random.nextLong());
        faults.everywhere().duplicate().chance(0.03);
        faults.everywhere().reorder(Duration.ofMillis(200)).chance(0.02);
        faults.everywhere().redeliverFollowers().chance(0.02);
        faults.everywhere().dropAcknowledgements().chance(0.02);
        faults.everywhere().killStreams(Status.Code.UNAVAILABLE).chance(0.002);
        faults.everywhere().failPublishes(Status.Code.UNAVAILABLE).chance(0.02);
        faults.everywhere().failPublishesAfterwards(Status.Code.UNAVAILABLE).chance(0.02);
    }

    /** Returns when it is over, save for one that is frozen. */
    void strike(Hardship hardship) throws Exception {
        int one = fleet.awake(random);
        switch (hardship) {
            case INSTANCE_KILLED -> fleet.kill(one);
            case INSTANCE_FROZEN -> fleet.freeze(one, upTo(longestFreeze));
            case INSTANCE_ROLLED -> fleet.roll(one);
            case MISFIT_STARTED -> fleet.startMisfit();
            case SESSIONS_ENDED ->
                    installation.execute(
                            "select pg_terminate_backend(pid) from pg_stat_activity"
                                    + " where pid <> pg_backend_pid() and usename = current_user");
            case POSTGRES_KILLED -> {
                installation.postgres().kill();
                pause(upTo(Duration.ofSeconds(2)));
                installation.postgres().restart();
            }
            case DISK_FULL -> fillTheDisk(upTo(Duration.ofSeconds(3)));
            case BROKER_FROZEN -> {
                try (var _ = faults.everywhere().freeze()) {
                    pause(upTo(Duration.ofSeconds(3)));
                }
            }
            case BROKER_RESTARTED ->
                    installation.restartPubSub(
                            EmbeddedPubSub.builder().journal(journal).faults(faults));
        }
        happened.merge(hardship, 1, Integer::sum);
    }

    private void fillTheDisk(Duration length) {
        for (String table : WRITTEN) {
            installation.execute(
                    "create trigger no_room before insert on "
                            + table
                            + " for each row execute function public.no_room()");
        }
        try {
            pause(length);
        } finally {
            for (String table : WRITTEN) {
                installation.execute("drop trigger no_room on " + table);
            }
        }
    }

    private Duration upTo(Duration most) {
        return Duration.ofMillis(random.nextLong(most.toMillis() / 4, most.toMillis()));
    }

    private static void pause(Duration length) {
        LockSupport.parkNanos(length.toNanos());
    }
}
