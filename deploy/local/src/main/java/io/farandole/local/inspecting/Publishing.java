package io.farandole.local.inspecting;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.cloud.spring.pubsub.support.DefaultPublisherFactory;
import io.farandole.local.running.AllInOne;
import io.farandole.local.running.RunningInstance;
import io.farandole.orchestrator.publishing.PublishingEvents;
import java.time.Clock;

/** Says something, from another process, on the topics of a running installation. */
final class Publishing {

    private Publishing() {}

    static PublishingEvents on(RunningInstance running) {
        DefaultPublisherFactory publishers = new DefaultPublisherFactory(() -> AllInOne.PROJECT);
        publishers.setCredentialsProvider(NoCredentialsProvider.create());
        publishers.setEnableMessageOrdering(true);
        publishers.setChannelProvider(
                InstantiatingGrpcChannelProvider.newBuilder()
                        .setEndpoint(running.pubsubAddress())
                        .setChannelConfigurator(channel -> channel.usePlaintext())
                        .build());
        return new PublishingEvents(publishers, Clock.systemUTC());
    }
}
