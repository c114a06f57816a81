package io.farandole.pubsub;

import io.farandole.pubsub.faults.Faults;
import io.farandole.pubsub.journal.JournalException;
import io.farandole.pubsub.journal.JournalFiles;
import io.farandole.pubsub.time.TestClock;
import io.farandole.pubsub.time.Times;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running Pub/Sub server on 127.0.0.1, for clients that speak google.pubsub.v1 over plain-text
 * gRPC; Google's own connect when told {@code PUBSUB_EMULATOR_HOST=endpoint}.
 *
 * <p>Without a journal all is forgotten at the end; with one, what was acknowledged to a publisher
 * survives any end.
 */
public final class EmbeddedPubSub implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPubSub.class);
    private static final int MAX_INBOUND_BYTES = 4 * PublishRules.MAX_REQUEST_BYTES;

    private final Broker broker;
    private final Server server;
    private final Server nearby;
    private final String name;
    private final ExecutorService calls;
    private final Times times;
    private final Faults faults;

    private EmbeddedPubSub(
            Broker broker,
            Server server,
            Server nearby,
            String name,
            ExecutorService calls,
            Times times,
            Faults faults) {
        this.broker = broker;
        this.server = server;
        this.nearby = nearby;
        this.name = name;
        this.calls = calls;
        this.times = times;
        this.faults = faults;
    }

    /** Starts a server in memory on a free port. */
    public static EmbeddedPubSub start() {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    public int port() {
        return server.getPort();
    }

    /** What clients connect to: {@code 127.0.0.1:PORT}. */
    public String endpoint() {
        return "127.0.0.1:" + port();
    }

    /**
     * Leads here without a socket, for clients in this JVM: the same calls, of which nothing is
     * framed, sent and read again. Whoever asks for it shuts it down.
     */
    public ManagedChannel channel() {
        return InProcessChannelBuilder.forName(name).build();
    }

    /** Faults on demand; at first there are none. */
    public Faults faults() {
        return faults;
    }

    /** What each topic saw, by name. */
    public List<TopicCounts> topicCounts() {
        return broker.topics().stream()
                .map(topic -> new TopicCounts(topic.definition().getName(), topic.published()))
                .sorted(Comparator.comparing(TopicCounts::topic))
                .toList();
    }

    /** What each subscription saw, by name. */
    public List<SubscriptionCounts> subscriptionCounts() {
        return broker.subscriptions().stream()
                .map(LiveSubscription::counts)
                .sorted(Comparator.comparing(SubscriptionCounts::subscription))
                .toList();
    }

    /**
     * Takes no new calls, answers the publishes under way, ends the streams, and closes the
     * journal.
     */
    @Override
    public void close() {
        server.shutdown();
        nearby.shutdown();
        times.close();
        broker.close();
        end(server);
        end(nearby);
        calls.shutdown();
    }

    private static void end(Server ending) {
        try {
            if (!ending.awaitTermination(1, TimeUnit.SECONDS)) {
                ending.shutdownNow();
                if (!ending.awaitTermination(5, TimeUnit.SECONDS)) {
                    LOG.warn("Some calls to the Pub/Sub server did not end");
                }
            }
        } catch (InterruptedException e) {
            ending.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** How the server is to run. */
    public static final class Builder {

        private int port;
        private @Nullable Path journal;
        private long journalLimit = Long.MAX_VALUE;
        private long payloadHeap = Storage.payloadHeapByDefault();
        private @Nullable TestClock clock;
        private Faults faults = new Faults();

        private Builder() {}

        /** The port to listen on; 0, the default, takes a free one. */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /**
         * The directory in which topics, subscriptions and messages are kept; it is made if it is
         * not there.
         */
        public Builder journal(Path directory) {
            this.journal = directory;
            return this;
        }

        /** The server's time, for tests; without it, the machine's. */
        public Builder clock(TestClock testClock) {
            this.clock = testClock;
            return this;
        }

        /** What is to go wrong, also with other servers and from the start. */
        public Builder faults(Faults shared) {
            this.faults = shared;
            return this;
        }

        /**
         * How many bytes the files of the journal may take. Beyond that, publishes are refused with
         * {@code RESOURCE_EXHAUSTED} until enough messages are acknowledged, or no longer retained.
         *
         * <p>What waits to be written counts as well. What is never refused may come on top: some
         * bytes for each acknowledgement, each definition and each write, and the copy of one file,
         * an eighth of the limit, by which a full journal makes room.
         */
        public Builder journalLimit(long bytes) {
            this.journalLimit = bytes;
            return this;
        }

        /**
         * How many bytes of messages are kept on the heap; 128 MB by default, and at most an eighth
         * of the heap. Further ones are read from the journal when they are handed out, or without
         * one from a temporary file.
         */
        public Builder payloadHeap(long bytes) {
            this.payloadHeap = bytes;
            return this;
        }

        /**
         * Starts the server.
         *
         * @throws PortInUseException when the port is taken
         * @throws JournalException when the journal is in use by another process, damaged, or
         *     cannot be written
         */
        public EmbeddedPubSub start() {
            ThreadFactory threads =
                    Thread.ofPlatform().name("pubsub-embedded-", 0).daemon().factory();
            Times times = clock == null ? Times.ofTheMachine() : clock.times();
            ExecutorService calls =
                    Executors.newFixedThreadPool(
                            Runtime.getRuntime().availableProcessors(), threads);
            @Nullable Broker broker = null;
            @Nullable Server server = null;
            // what a first start takes is the loading of classes, and most of that are Netty's
            CompletableFuture<NettyServerBuilder> netty =
                    CompletableFuture.supplyAsync(this::netty, calls);
            try {
                broker = new Broker(storage(), times, faults);
                List<ServerServiceDefinition> services = services(broker);
                server = serve(services, netty.join(), broker, calls);
                String name = InProcessServerBuilder.generateName();
                Server nearby =
                        serve(services, InProcessServerBuilder.forName(name), broker, calls);
                return new EmbeddedPubSub(broker, server, nearby, name, calls, times, faults);
            } finally {
                if (server == null) {
                    if (broker != null) {
                        broker.close();
                    }
                    times.close();
                    calls.shutdown();
                }
            }
        }

        private Storage storage() {
            return new Storage(
                    journal == null ? null : JournalFiles.in(journal).limit(journalLimit),
                    payloadHeap);
        }

        private NettyServerBuilder netty() {
            return NettyServerBuilder.forAddress(
                            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port))
                    .maxInboundMessageSize(MAX_INBOUND_BYTES)
                    .permitKeepAliveTime(1, TimeUnit.SECONDS)
                    .permitKeepAliveWithoutCalls(true);
        }

        private static List<ServerServiceDefinition> services(Broker broker) {
            return Stream.of(
                            new PublisherService(broker).bindService(),
                            new SubscriberService(broker).definition(),
                            new SchemaService(broker).bindService())
                    .map(ReadableRequests::of)
                    .toList();
        }

        private Server serve(
                List<ServerServiceDefinition> services,
                ServerBuilder<?> transport,
                Broker broker,
                ExecutorService calls) {
            try {
                return transport
                        .executor(calls)
                        .addServices(services)
                        .fallbackHandlerRegistry(new UnknownMethods())
                        .intercept(new FrozenCalls(broker.injection()))
                        .intercept(ShortDescriptions.INSTANCE)
                        .build()
                        .start();
            } catch (IOException e) {
                if (isTaken(e)) {
                    throw new PortInUseException(port, e);
                }
                throw new UncheckedIOException(
                        "The Pub/Sub server cannot listen on port " + port, e);
            }
        }

        /** The native transport tells it by words alone. */
        private static boolean isTaken(Throwable thrown) {
            for (Throwable at = thrown; at != null; at = at.getCause()) {
                if (at instanceof BindException
                        || String.valueOf(at.getMessage()).contains("already in use")) {
                    return true;
                }
            }
            return false;
        }
    }
}
