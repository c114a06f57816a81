package io.farandole.gateway.recommendations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.spring.pubsub.support.PublisherFactory;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import io.farandole.events.Cause;
import io.farandole.events.Encoded;
import io.farandole.events.Envelope;
import io.farandole.events.Event;
import io.farandole.events.EventCodec;
import io.farandole.events.ItemId;
import io.farandole.events.Message;
import io.farandole.events.RecommendationEvent.ListRefreshed;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.UserId;
import io.farandole.gateway.Platform;
import io.farandole.gateway.SmallCulture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One user's list that stays open, and what changes it, told by Google's client. */
final class LiveList {

    static final String USER = "20";

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final String PATH = "/v1/users/" + USER + "/recommendations/stream";

    private final Platform platform = Platform.shared();

    /** With the small culture in it, and when changes are heard. */
    static LiveList filled() {
        LiveList live = new LiveList();
        SmallCulture.fill(live.platform);
        // The gateway was there before the topics.
        await().atMost(LONGEST)
                .untilAsserted(
                        () -> {
                            try (OpenList open = live.open(null)) {
                                assertThat(open.status()).isEqualTo(200);
                            }
                        });
        return live;
    }

    Platform platform() {
        return platform;
    }

    /** In one statement: whoever reads finds the one or the other. */
    void list(int version, String... items) {
        platform.run(
                "update personalisation.lists set value = '"
                        + Stream.of(items)
                                .map("{\"item\":\"%s\",\"score\":1,\"why\":{}}"::formatted)
                                .collect(
                                        Collectors.joining(
                                                ",",
                                                "{\"lists\":{\"taste\":{\"version\":"
                                                        + version
                                                        + ",\"entries\":[",
                                                "]}}}"))
                        + "' where generation = 2 and key = '"
                        + USER
                        + "'");
    }

    void refreshed(int version) throws Exception {
        refreshed(USER, version);
    }

    void refreshed(String user, int version) throws Exception {
        say(
                TopicCatalogue.RECOMMENDATIONS,
                new ListRefreshed(new UserId(user), version, List.of(new ItemId("film")), "taste"),
                (long) version);
    }

    <E extends Event> void say(Topic<E> topic, E event, @Nullable Long sequence) throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String id = UUID.randomUUID().toString();
        Encoded encoded =
                new EventCodec()
                        .encode(
                                new Message<>(
                                        new Envelope(
                                                id,
                                                "//farandole/test",
                                                topic.typeOf(event),
                                                topic.subjectOf(event),
                                                now,
                                                now,
                                                null,
                                                null,
                                                new Cause("app", id),
                                                sequence,
                                                null),
                                        event),
                                topic);
        platform.bean(PublisherFactory.class)
                .createPublisher(topic.name())
                .publish(
                        PubsubMessage.newBuilder()
                                .putAllAttributes(encoded.attributes())
                                .setData(ByteString.copyFrom(encoded.data()))
                                .setOrderingKey(encoded.orderingKey())
                                .build())
                .get();
    }

    OpenList open(@Nullable String last) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + platform.apiPort() + PATH));
        if (last != null) {
            request.header("Last-Event-ID", last);
        }
        HttpClient client = HttpClient.newHttpClient();
        return new OpenList(client, client.send(request.build(), BodyHandlers.ofLines()));
    }
}
