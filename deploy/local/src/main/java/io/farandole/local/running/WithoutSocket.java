package io.farandole.local.running;

import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import io.farandole.pubsub.EmbeddedPubSub;
import io.grpc.ManagedChannel;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Has a service that is in the broker's JVM reach it without a socket: Google's client and the same
 * calls, by another channel. Nothing is framed, sent to this very process and read again.
 */
public final class WithoutSocket
        implements ApplicationContextInitializer<GenericApplicationContext> {

    // Spring Cloud GCP makes its own, to the emulator's address, unless beans have these names.
    private static final String PUBLISHERS = "publisherTransportChannelProvider";
    private static final String SUBSCRIBERS = "subscriberTransportChannelProvider";

    private final EmbeddedPubSub broker;

    public WithoutSocket(EmbeddedPubSub broker) {
        this.broker = broker;
    }

    @Override
    public void initialize(GenericApplicationContext service) {
        service.registerBean(
                "brokerChannel",
                ManagedChannel.class,
                broker::channel,
                definition -> definition.setDestroyMethodName("shutdown"));
        service.registerBean(
                PUBLISHERS,
                TransportChannelProvider.class,
                () ->
                        FixedTransportChannelProvider.create(
                                GrpcTransportChannel.create(
                                        service.getBean(ManagedChannel.class))));
        service.registerAlias(PUBLISHERS, SUBSCRIBERS);
    }
}
