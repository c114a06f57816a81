package io.farandole.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each way to register the extension, and for how long its server lives. */
class EmbeddedPubSubExtensionIT {

    private static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();

    @AfterAll
    static void allWereStopped() {
        assertThat(PORTS).hasSizeGreaterThan(6);
        assertThat(PORTS)
                .allSatisfy(
                        port ->
                                assertThatThrownBy(
                                                () ->
                                                        new Socket(
                                                                        InetAddress.ofLiteral(
                                                                                "127.0.0.1"),
                                                                        port)
                                                                .close())
                                        .isInstanceOf(ConnectException.class));
    }

    @Nested
    class InAStaticField {

        @RegisterExtension
        static final EmbeddedPubSubExtension pubsub = new EmbeddedPubSubExtension();

        private static final List<String> ENDPOINTS = new ArrayList<>();

        @RepeatedTest(2)
        void isOneServerForTheClass(EmbeddedPubSub injected) {
            assertThat(injected).isSameAs(pubsub.server());
            assertThat(topics(injected)).hasSize(ENDPOINTS.size());
            create(injected, "news" + ENDPOINTS.size());
            ENDPOINTS.add(pubsub.endpoint());
        }

        @Nested
        class WithAnInnerClass {

            @Test
            void isTheSameInside(EmbeddedPubSub injected) {
                assertThat(injected).isSameAs(pubsub.server());
            }
        }

        @AfterAll
        static void wasTheSame() {
            assertThat(ENDPOINTS).hasSize(2).containsOnly(pubsub.endpoint());
        }
    }

    @Nested
    class InAnInstanceField {

        @RegisterExtension final EmbeddedPubSubExtension pubsub = new EmbeddedPubSubExtension();

        @BeforeEach
        void isThereBeforeTheTest(EmbeddedPubSub injected) {
            create(injected, "early");
        }

        @RepeatedTest(2)
        void isANewServerForEachTest() {
            assertThat(topics(pubsub.server())).hasSize(1);
            create(pubsub.server(), "more");
        }
    }

    @Nested
    @ExtendWith(EmbeddedPubSubExtension.class)
    class AtTheClass {

        private static String first = "";

        @BeforeAll
        static void isThereBeforeAll(EmbeddedPubSub injected) {
            first = injected.endpoint();
        }

        @RepeatedTest(2)
        void isOneServerForTheClass(EmbeddedPubSub injected) {
            assertThat(injected.endpoint()).isEqualTo(first);
            assertThat(topics(injected)).isEmpty();
        }
    }

    @Nested
    class AtTheMethod {

        @RepeatedTest(2)
        @ExtendWith(EmbeddedPubSubExtension.class)
        void isANewServerForEachTest(EmbeddedPubSub injected) {
            assertThat(topics(injected)).isEmpty();
            create(injected, "news");
        }
    }

    @Nested
    class StartedAsAsked {

        @RegisterExtension
        static final EmbeddedPubSubExtension pubsub =
                EmbeddedPubSubExtension.of(EmbeddedPubSub.builder().port(0)::start);

        @Test
        void runs() {
            assertThat(topics(pubsub.server())).isEmpty();
        }
    }

    @Test
    void saysWhenThereIsNoServer() {
        assertThatThrownBy(() -> new EmbeddedPubSubExtension().endpoint())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@RegisterExtension");
    }

    private static void create(EmbeddedPubSub server, String topic) {
        try (GoogleClient client = new GoogleClient(server.endpoint())) {
            client.create(topic);
        }
    }

    private static List<TopicCounts> topics(EmbeddedPubSub server) {
        PORTS.add(server.port());
        return server.topicCounts();
    }
}
