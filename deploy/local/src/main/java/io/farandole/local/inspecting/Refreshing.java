package io.farandole.local.inspecting;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.cloud.spring.pubsub.support.DefaultPublisherFactory;
import io.farandole.local.running.AllInOne;
import io.farandole.local.running.RunningInstance;
import io.farandole.orchestrator.refreshing.RefreshingLists;
import java.time.Clock;

/** Asks, from another process, for every list to be computed anew. */
public final class Refreshing {

    private Refreshing() {}

    /** Returns how many lists were asked for, when the broker has acknowledged all requests. */
    public static int all(RunningInstance running, Tables tables) {
        DefaultPublisherFactory publishers = new DefaultPublisherFactory(() -> AllInOne.PROJECT);
        publishers.setCredentialsProvider(NoCredentialsProvider.create());
        publishers.setEnableMessageOrdering(true);
        publishers.setChannelProvider(
                InstantiatingGrpcChannelProvider.newBuilder()
                        .setEndpoint(running.pubsubAddress())
                        .setChannelConfigurator(channel -> channel.usePlaintext())
                        .build());
        return new RefreshingLists(tables.client(), publishers, Clock.systemUTC()).refreshAll();
    }
}
