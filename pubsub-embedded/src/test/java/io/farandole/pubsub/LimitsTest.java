package io.farandole.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PubsubMessage;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each limit below it, at it and above it; {@code longest} is the last that is allowed. */
class LimitsTest {

    @Test
    void ofAPublishRequest() {
        allowed(publish(999, message(1)), publish(1_000, message(1)));
        refused("1001 messages", publish(1_001, message(1)));
        refused("no message", publish(0, message(1)));

        PublishRequest almost = publish(1, message(9_999_000));
        int room = 10_000_000 - almost.getSerializedSize();
        allowed(almost, publish(1, message(9_999_000 + room)));
        assertThat(publish(1, message(9_999_000 + room)).getSerializedSize()).isEqualTo(10_000_000);
        refused("10000001 bytes", publish(1, message(9_999_000 + room + 1)));
    }

    @Test
    void ofAMessage() {
        allowed(publish(1, attributes(99)), publish(1, attributes(100)));
        refused("more than 100 attributes", publish(1, attributes(101)));
        ofAnAttribute("x".repeat(255), "x".repeat(1_023), true);
        ofAnAttribute("x".repeat(256), "x".repeat(1_024), true);
        ofAnAttribute("x".repeat(257), "", false);
        ofAnAttribute("x", "x".repeat(1_025), false);
        ofAnAttribute("é".repeat(128), "é".repeat(512), true);
        ofAnAttribute("é".repeat(128) + "x", "", false);
        ofAnAttribute("x", "é".repeat(512) + "x", false);
        ofAnAttribute("", "x", false);
        ofAnAttribute("goo", "x", true);
        ofAnAttribute("goog", "x", false);
        ofAnAttribute("google", "x", false);
        ofAnAttribute("x-goog", "x", true);
        allowed(publish(1, keyed(1_023)), publish(1, keyed(1_024)));
        refused("ordering key of more than 1024 bytes", publish(1, keyed(1_025)));
        allowed(publish(1, message(1)), publish(1, attributes(1)));
        refused("is empty", publish(1, PubsubMessage.getDefaultInstance()));
    }

    @Test
    void ofLabels() {
        assertThat(LabelRules.refuse(labels(63))).isEmpty();
        assertThat(LabelRules.refuse(labels(64))).isEmpty();
        assertThat(LabelRules.refuse(labels(65))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a-b_c9", "é", "日本", "longest"})
    void takesKeysOfLabels(String key) {
        assertThat(LabelRules.refuse(Map.of(longest(key, 63), "v"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9", "-a", "_a", "A", "aB", "a b", "a.b", "longest"})
    void refusesKeysOfLabels(String key) {
        assertThat(LabelRules.refuse(Map.of(longest(key, 64), "v"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9", "-_", "é", "longest"})
    void takesValuesOfLabels(String value) {
        assertThat(LabelRules.refuse(Map.of("k", longest(value, 63)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "a b", "a/b", "longest"})
    void refusesValuesOfLabels(String value) {
        assertThat(LabelRules.refuse(Map.of("k", longest(value, 64)))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "projects/p/topics/abc",
                "projects/p-1/topics/a-._~+%9",
                "projects/example.com:p/topics/abc",
                "projects/123/topics/goo",
                "longest"
            })
    void takesNames(String name) {
        assertThat(ResourceName.TOPIC.refuse(named(name, 255))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "topics/abc",
                "projects/p/topics/ab",
                "projects/p/topics/9bc",
                "projects/p/topics/goog",
                "projects/p/topics/a b",
                "projects/p/topics/éclair",
                "projects/p/topics/abc/",
                "/projects/p/topics/abc",
                "projects//topics/abc",
                "projects/a b/topics/abc",
                "projects/p/subscriptions/abc",
                "_deleted-topic_",
                "longest"
            })
    void refusesNames(String name) {
        assertThat(ResourceName.TOPIC.refuse(named(name, 256))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, true",
        "1, 999999999, true",
        "-1, -999999999, true",
        "315576000000, 0, true",
        "315576000001, 0, false",
        "-315576000001, 0, false",
        "9223372036854775807, 0, false",
        "-9223372036854775808, 0, false",
        "0, 1000000000, false",
        "0, -1000000000, false",
        "1, -1, false",
        "-1, 1, false"
    })
    void ofDurations(long seconds, int nanos, boolean valid) {
        Duration duration = Duration.newBuilder().setSeconds(seconds).setNanos(nanos).build();
        assertThat(Backoff.isDuration(duration)).isEqualTo(valid);
        // whatever it is, its sign stays
        assertThat(Long.signum(Backoff.millis(duration)))
                .isIn(Long.signum(seconds), Integer.signum(nanos));
    }

    @Test
    void ofPages() {
        List<String> names = IntStream.range(1_000, 3_500).mapToObj(i -> "n" + i).toList();
        assertThat(page(names, 0, "").items()).hasSize(1_000);
        assertThat(page(names, 999, "").items()).hasSize(999);
        assertThat(page(names, 1_000, "").items()).hasSize(1_000);
        assertThat(page(names, Integer.MAX_VALUE, "").items()).hasSize(1_000);
        assertThat(page(names, 2_500, "").nextToken()).isNotEmpty();
        assertThat(page(names.subList(0, 7), 7, "").nextToken()).isEmpty();
        Page<String> second = page(names, 10, page(names, 10, "").nextToken());
        assertThat(second.items()).isEqualTo(names.subList(10, 20));
        assertThat(Page.refuse(-1, "")).isPresent();
        for (String token : List.of("n1005", "AAAA", "*", "YWZ0ZXI", "\0")) {
            assertThat(Page.refuse(0, token)).as(token).isPresent();
            assertThatThrownBy(() -> page(names, 0, token))
                    .isInstanceOf(NoSuchElementException.class);
        }
    }

    private static Page<String> page(List<String> names, int size, String token) {
        return Page.of(names.stream(), name -> name, size, token);
    }

    private static void ofAnAttribute(String key, String value, boolean taken) {
        PubsubMessage message = message(1).toBuilder().putAttributes(key, value).build();
        assertThat(PublishRules.refuse(publish(1, message)).isEmpty()).isEqualTo(taken);
    }

    private static void allowed(PublishRequest... requests) {
        assertThat(Stream.of(requests).map(PublishRules::refuse)).allMatch(Optional::isEmpty);
    }

    private static void refused(String why, PublishRequest request) {
        Status status = PublishRules.refuse(request).orElseThrow();
        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).contains(why);
    }

    private static PublishRequest publish(int count, PubsubMessage message) {
        PublishRequest.Builder request =
                PublishRequest.newBuilder().setTopic("projects/p/topics/news");
        for (int i = 0; i < count; i++) {
            request.addMessages(message);
        }
        return request.build();
    }

    private static PubsubMessage message(int bytes) {
        return PubsubMessage.newBuilder().setData(ByteString.copyFrom(new byte[bytes])).build();
    }

    private static PubsubMessage attributes(int count) {
        return PubsubMessage.newBuilder().putAllAttributes(labels(count)).build();
    }

    private static PubsubMessage keyed(int bytes) {
        return message(1).toBuilder().setOrderingKey("k".repeat(bytes)).build();
    }

    private static Map<String, String> labels(int count) {
        return IntStream.range(0, count)
                .boxed()
                .collect(Collectors.toMap(i -> "k" + i, i -> "v" + i));
    }

    private static String longest(String text, int length) {
        return text.equals("longest") ? "x".repeat(length) : text;
    }

    private static String named(String name, int length) {
        return name.equals("longest") ? "projects/p/topics/" + "x".repeat(length) : name;
    }
}
