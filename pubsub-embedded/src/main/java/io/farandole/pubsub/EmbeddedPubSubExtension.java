package io.farandole.pubsub;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A server for JUnit tests: one for the class in a static field with {@code @RegisterExtension}, or
 * with {@code @ExtendWith} at the class; a new one for each test method in a field that is not
 * static, or with {@code @ExtendWith} at the method. Nested classes use their outer class's.
 *
 * <p>Methods get the server as a parameter of type {@link EmbeddedPubSub}.
 */
public final class EmbeddedPubSubExtension
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                AfterAllCallback,
                ParameterResolver {

    private final Supplier<EmbeddedPubSub> start;

    /** What the fields' users ask; tests of one class share it, also when they run in parallel. */
    private volatile @Nullable EmbeddedPubSub running;

    /** In memory, on a free port. */
    public EmbeddedPubSubExtension() {
        this(EmbeddedPubSub::start);
    }

    private EmbeddedPubSubExtension(Supplier<EmbeddedPubSub> start) {
        this.start = start;
    }

    /** Started as asked, such as by {@code EmbeddedPubSub.builder().port(8085)::start}. */
    public static EmbeddedPubSubExtension of(Supplier<EmbeddedPubSub> start) {
        return new EmbeddedPubSubExtension(start);
    }

    /** The server of the tests under way. */
    public EmbeddedPubSub server() {
        EmbeddedPubSub now = running;
        if (now == null) {
            throw new IllegalStateException(
                    "There is no Pub/Sub server now: it runs from before the first test (of a"
                            + " static field; of others, from before each test) until after the last."
                            + " Ask within a test, and register the field with @RegisterExtension.");
        }
        return now;
    }

    /** What clients connect to: {@code 127.0.0.1:PORT}. */
    public String endpoint() {
        return server().endpoint();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        startIfNone(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        startIfNone(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        stopOwn(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stopOwn(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmbeddedPubSub.class;
    }

    @Override
    public EmbeddedPubSub resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Started found = store(context).get(Started.class, Started.class);
        return found == null ? server() : found.server();
    }

    /** A store shows what outer ones hold: the server of a class is that of its methods. */
    private void startIfNone(ExtensionContext context) {
        Store store = store(context);
        if (store.get(Started.class, Started.class) == null) {
            EmbeddedPubSub server = start.get();
            store.put(Started.class, new Started(server, context.getUniqueId()));
            running = server;
        }
    }

    private void stopOwn(ExtensionContext context) {
        Store store = store(context);
        Started found = store.get(Started.class, Started.class);
        if (found != null && found.startedFor().equals(context.getUniqueId())) {
            store.remove(Started.class);
            running = null;
            found.server().close();
        }
    }

    private Store store(ExtensionContext context) {
        return context.getStore(Namespace.create(EmbeddedPubSubExtension.class, this));
    }

    private record Started(EmbeddedPubSub server, String startedFor) {}
}
