package io.farandole.gateway.blocking;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;

/**
 * Watches the threads that serve many calls: one that waits, for whatever, fails the test that was
 * running then. That the code above it may swallow the error does not help it.
 */
public final class Blocked implements AfterEachCallback {

    private static final ConcurrentLinkedQueue<BlockingOperationError> FOUND =
            new ConcurrentLinkedQueue<>();

    private static boolean installed;

    /** From now on, in this JVM; before the threads that are watched have anything to do. */
    public static synchronized void watch() {
        if (installed) {
            return;
        }
        installed = true;
        BlockHound.builder()
                .loadIntegrations()
                // Our own log goes to the console, as it does in a container: a line is no wait.
                .allowBlockingCallsInside("ch.qos.logback.core.OutputStreamAppender", "writeBytes")
                // The kernel's random numbers come from a file, but nobody waits for them.
                .allowBlockingCallsInside("java.security.SecureRandom", "nextBytes")
                // Google's client puts a message into its batch under a lock that nobody holds for
                // long.
                .allowBlockingCallsInside("com.google.cloud.pubsub.v1.Publisher", "publish")
                // The pages for developers are read from our jars, on whatever thread asks first.
                .allowBlockingCallsInside(
                        "org.springdoc.webflux.api.OpenApiWebfluxResource", "openapiJson")
                .allowBlockingCallsInside(
                        "org.springframework.web.reactive.resource.PathResourceResolver",
                        "getResource")
                .allowBlockingCallsInside(
                        "org.springframework.core.io.AbstractFileResolvingResource",
                        "contentLength")
                .allowBlockingCallsInside(
                        "org.springframework.core.io.AbstractFileResolvingResource", "lastModified")
                .allowBlockingCallsInside(
                        "org.springframework.core.io.ClassPathResource", "getInputStream")
                .allowBlockingCallsInside(
                        "org.springframework.core.io.buffer.DataBufferUtils$ReadableByteChannelGenerator",
                        "accept")
                // Netty's own code in C is unpacked once.
                .allowBlockingCallsInside("io.netty.util.internal.NativeLibraryLoader", "load")
                // Locks of Netty's memory and of gRPC's queues, which nobody holds but for a
                // moment.
                .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate")
                .allowBlockingCallsInside("io.grpc.internal.SerializingExecutor", "execute")
                // So is a breaker's, while it changes its state.
                .allowBlockingCallsInside(
                        "io.github.resilience4j.circuitbreaker.internal.CircuitBreakerStateMachine$OpenState",
                        "toHalfOpenState")
                // And that of the queue in which impressions wait to be told.
                .allowBlockingCallsInside("io.farandole.gateway.impressions.Impressions", "hand")
                // A class is read from its jar where it is first used, wherever that is.
                .allowBlockingCallsInside("java.lang.ClassLoader", "loadClass")
                .blockingMethodCallback(
                        method -> {
                            BlockingOperationError error = new BlockingOperationError(method);
                            FOUND.add(error);
                            throw error;
                        })
                .install();
    }

    /** What was found since this was last asked. */
    static List<BlockingOperationError> found() {
        List<BlockingOperationError> found = List.copyOf(FOUND);
        FOUND.removeAll(found);
        return found;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<BlockingOperationError> found = found();
        if (!found.isEmpty()) {
            AssertionError failure =
                    new AssertionError(
                            found.size() + " times a thread waited that serves many calls",
                            found.getFirst());
            found.stream().skip(1).limit(5).forEach(failure::addSuppressed);
            throw failure;
        }
    }
}
