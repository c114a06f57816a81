package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How much a stream is sent, and how several share the work. */
final class FlowCases {

    @Rule(value = "a stream has max_outstanding_messages at most", at = Page.RPC)
    void outstandingMessagesAreLimited(World w) {
        w.newsAndFirst();
        PullingStream stream = w.stream("first", first -> first.setMaxOutstandingMessages(2));
        w.publish("news", "a", "b", "c", "d");
        stream.staysAt(2);
    }

    @Rule(
            value = "delivery goes on when there are fewer: each acknowledged makes room",
            at = Page.RPC)
    void acknowledgementMakesRoom(World w) {
        w.newsAndFirst();
        PullingStream stream = w.stream("first", first -> first.setMaxOutstandingMessages(2));
        w.publish("news", "a", "b", "c", "d");
        stream.ack(stream.received(2).subList(0, 1));
        stream.staysAt(3);
        stream.ack(stream.soFar());
        stream.received(4);
    }

    @Rule(value = "what is given back makes room, too", at = Page.RPC)
    void givingBackMakesRoom(World w) {
        w.newsAndFirst();
        PullingStream stream = w.stream("first", first -> first.setMaxOutstandingMessages(1));
        w.publish("news", "m");
        stream.deadline(0, stream.received(1).getFirst());
        stream.received(2);
    }

    @Rule(value = "a stream has max_outstanding_bytes, and is then sent no more", at = Page.RPC)
    void outstandingBytesAreLimited(World w) {
        w.newsAndFirst();
        PullingStream stream = w.stream("first", first -> first.setMaxOutstandingBytes(2_500));
        PubsubMessage kilobyte = World.message("x".repeat(1_000));
        for (int i = 0; i < 6; i++) {
            w.publish("news", kilobyte);
        }
        w.eventually(() -> assertThat(stream.soFar()).hasSizeGreaterThanOrEqualTo(2));
        w.settle();
        assertThat(stream.soFar()).hasSizeBetween(2, 3);
        int before = stream.soFar().size();
        stream.ack(stream.soFar());
        w.eventually(() -> assertThat(stream.soFar()).hasSizeGreaterThan(before));
    }

    @Rule(value = "a limit of zero or less is none", at = Page.RPC)
    void zeroIsNoLimit(World w) {
        w.newsAndFirst();
        PullingStream stream =
                w.stream(
                        "first",
                        first -> first.setMaxOutstandingMessages(0).setMaxOutstandingBytes(-1));
        w.publish("news", numbered(1_000));
        stream.received(1_000);
    }

    @Rule(value = "several streams share a subscription's messages", at = Page.SUBSCRIBER)
    void streamsShareTheLoad(World w) {
        w.newsAndFirst();
        PullingStream one = w.stream("first");
        PullingStream other = w.stream("first");
        w.settle();
        for (int i = 0; i < 20; i++) {
            w.publish("news", numbered(10));
        }
        w.eventually(() -> assertThat(one.soFar().size() + other.soFar().size()).isEqualTo(200));
        assertThat(one.soFar()).hasSizeGreaterThan(10);
        assertThat(other.soFar()).hasSizeGreaterThan(10);
        List<ReceivedMessage> all = new ArrayList<>(one.soFar());
        all.addAll(other.soFar());
        assertThat(all)
                .extracting(received -> received.getMessage().getMessageId())
                .doesNotHaveDuplicates();
    }

    @Rule(value = "a stream that is full leaves the rest to others", at = Page.FLOW_CONTROL)
    void fullStreamLeavesTheRest(World w) {
        w.newsAndFirst();
        PullingStream full = w.stream("first", first -> first.setMaxOutstandingMessages(1));
        w.publish("news", "a");
        full.received(1);
        w.publish("news", "b", "c");
        PullingStream free = w.stream("first");
        free.received(2);
        full.staysAt(1);
    }

    @Rule(
            value = "the messages of a stream that broke come to others after the ack deadline",
            at = Page.LEASES)
    void brokenStreamsMessagesComeToOthers(World w) {
        w.newsAndFirst();
        PullingStream lost = w.stream("first", first -> first.setStreamAckDeadlineSeconds(10));
        w.publish("news", "a", "b");
        lost.received(2);
        lost.cancel();
        w.settle();
        w.pass(11);
        w.drains("first", "a", "b");
    }

    @Rule(
            value = "a subscriber that leaves gives its messages back at once",
            at = Page.LEASES,
            ours = true)
    void leavingGivesBackAtOnce(World w) {
        w.newsAndFirst();
        PullingStream leaving = w.stream("first", first -> first.setStreamAckDeadlineSeconds(600));
        w.publish("news", "a", "b");
        leaving.received(2);
        leaving.finish();
        w.drains("first", "a", "b");
        PullingStream breaking = w.stream("first", first -> first.setStreamAckDeadlineSeconds(600));
        w.publish("news", "c");
        breaking.received(1);
        breaking.cancel();
        w.drains("first", "c");
    }

    private static PubsubMessage[] numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> World.message("m" + number))
                .toArray(PubsubMessage[]::new);
    }
}
