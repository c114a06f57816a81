package io.farandole.pubsub.conformance;

import io.farandole.pubsub.EmbeddedPubSub;
import io.farandole.pubsub.time.TestClock;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Our own server, on a clock of its own. Also loaded with a fault planted in the server. */
public final class EmbeddedSubject implements Subject {

    private final TestClock clock = TestClock.atNow();
    private final @Nullable Path journal;
    private final Duration patience;
    private final Duration settled;
    private EmbeddedPubSub server;
    private ManagedChannel channel;

    public EmbeddedSubject(@Nullable Path journal, Duration patience, Duration settled) {
        this.journal = journal;
        this.patience = patience;
        this.settled = settled;
        this.server = start();
        this.channel = connect();
    }

    private EmbeddedPubSub start() {
        EmbeddedPubSub.Builder builder = EmbeddedPubSub.builder().clock(clock);
        return (journal == null ? builder : builder.journal(journal)).start();
    }

    private ManagedChannel connect() {
        return ManagedChannelBuilder.forTarget(server.endpoint())
                .usePlaintext()
                .maxInboundMessageSize(64 << 20)
                .build();
    }

    @Override
    public ManagedChannel channel() {
        return channel;
    }

    @Override
    public boolean isOurs() {
        return true;
    }

    @Override
    public void pass(Duration time) {
        clock.advance(time);
    }

    @Override
    public void restart() {
        close();
        server = start();
        channel = connect();
    }

    @Override
    public Duration patience() {
        return patience;
    }

    @Override
    public Duration settled() {
        return settled;
    }

    @Override
    public void close() {
        server.close();
        channel.shutdownNow();
    }
}
