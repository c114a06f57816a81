package io.farandole.benchmarks.pubsub;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.DeleteSubscriptionRequest;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PublisherGrpc.PublisherImplBase;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.SubscriberGrpc.SubscriberImplBase;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * As little as Google's client can be measured with: what is published goes to the open streams in
 * the very thread that read it, and nothing is kept, counted or made sure of.
 */
final class BareProgram {

    private final List<StreamObserver<StreamingPullResponse>> open = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong();

    private BareProgram() {}

    public static void main(String[] arguments) throws Exception {
        BareProgram program = new BareProgram();
        Server server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))
                        .directExecutor()
                        .addService(program.new Publishing())
                        .addService(program.new Subscribing())
                        .build()
                        .start();
        System.out.println("127.0.0.1:" + server.getPort());
        server.awaitTermination();
    }

    private static <T> void answer(T response, StreamObserver<T> responses) {
        responses.onNext(response);
        responses.onCompleted();
    }

    private final class Publishing extends PublisherImplBase {

        @Override
        public void createTopic(Topic request, StreamObserver<Topic> responses) {
            answer(request, responses);
        }

        @Override
        public void deleteTopic(DeleteTopicRequest request, StreamObserver<Empty> responses) {
            answer(Empty.getDefaultInstance(), responses);
        }

        @Override
        public void publish(PublishRequest request, StreamObserver<PublishResponse> responses) {
            PublishResponse.Builder response = PublishResponse.newBuilder();
            StreamingPullResponse.Builder handout = StreamingPullResponse.newBuilder();
            for (PubsubMessage message : request.getMessagesList()) {
                String id = Long.toString(ids.incrementAndGet());
                response.addMessageIds(id);
                handout.addReceivedMessages(
                        ReceivedMessage.newBuilder()
                                .setAckId(id)
                                .setMessage(message.toBuilder().setMessageId(id)));
            }
            for (StreamObserver<StreamingPullResponse> stream : open) {
                synchronized (stream) {
                    stream.onNext(handout.build());
                }
            }
            answer(response.build(), responses);
        }
    }

    private final class Subscribing extends SubscriberImplBase {

        @Override
        public void createSubscription(
                Subscription request, StreamObserver<Subscription> responses) {
            answer(request, responses);
        }

        @Override
        public void deleteSubscription(
                DeleteSubscriptionRequest request, StreamObserver<Empty> responses) {
            answer(Empty.getDefaultInstance(), responses);
        }

        @Override
        public void acknowledge(AcknowledgeRequest request, StreamObserver<Empty> responses) {
            answer(Empty.getDefaultInstance(), responses);
        }

        @Override
        public void modifyAckDeadline(
                ModifyAckDeadlineRequest request, StreamObserver<Empty> responses) {
            answer(Empty.getDefaultInstance(), responses);
        }

        @Override
        public StreamObserver<StreamingPullRequest> streamingPull(
                StreamObserver<StreamingPullResponse> responses) {
            open.add(responses);
            return new StreamObserver<>() {
                @Override
                public void onNext(StreamingPullRequest request) {
                    // acknowledgements and deadlines: there is nothing to do about them
                }

                @Override
                public void onError(Throwable broken) {
                    open.remove(responses);
                }

                @Override
                public void onCompleted() {
                    open.remove(responses);
                    responses.onCompleted();
                }
            };
        }
    }
}
