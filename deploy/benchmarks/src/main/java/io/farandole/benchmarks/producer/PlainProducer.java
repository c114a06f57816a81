package io.farandole.benchmarks.producer;

import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutures;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Another team's program: it knows Google's client and the published contract, and nothing of ours.
 * Reads {@code id user offer} lines, publishes each as a rating of five stars at once, and answers
 * {@code id instant}, the moment before it did.
 */
public final class PlainProducer {

    private PlainProducer() {}

    /**
     * @param arguments the address of the Pub/Sub server
     */
    public static void main(String[] arguments) throws Exception {
        ManagedChannel channel =
                ManagedChannelBuilder.forTarget(arguments[0]).usePlaintext().build();
        Publisher publisher =
                Publisher.newBuilder(TopicName.of("farandole-local", "interactions"))
                        .setChannelProvider(
                                FixedTransportChannelProvider.create(
                                        GrpcTransportChannel.create(channel)))
                        .setCredentialsProvider(NoCredentialsProvider.create())
                        .setEnableMessageOrdering(true)
                        .build();
        List<ApiFuture<String>> acknowledgements = new ArrayList<>();
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            Instant now = Instant.now();
            // Waited for at the end only: what is slow must not slow down what comes next.
            acknowledgements.add(publisher.publish(rating(words[0], words[1], words[2], now)));
            System.out.println(words[0] + " " + now);
        }
        ApiFutures.allAsList(acknowledgements).get();
        publisher.shutdown();
        channel.shutdownNow();
    }

    private static PubsubMessage rating(String id, String user, String offer, Instant at) {
        return PubsubMessage.newBuilder()
                .putAttributes("ce-specversion", "1.0")
                .putAttributes("ce-id", id)
                .putAttributes("ce-source", "another-team")
                .putAttributes("ce-type", "io.farandole.interactions.rated.v1")
                .putAttributes("ce-time", at.toString())
                .putAttributes("content-type", "application/json")
                .setOrderingKey("user:" + user)
                .setData(
                        ByteString.copyFromUtf8(
                                "{\"rated\":{\"user\":\""
                                        + user
                                        + "\",\"offer\":\""
                                        + offer
                                        + "\",\"value\":5}}"))
                .build();
    }
}
