package io.farandole.orchestrator.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.SchemaServiceClient;
import com.google.cloud.pubsub.v1.SchemaServiceSettings;
import com.google.pubsub.v1.CreateSchemaRequest;
import com.google.pubsub.v1.GetSchemaRequest;
import com.google.pubsub.v1.Schema;
import com.google.pubsub.v1.SchemaServiceGrpc;
import io.farandole.events.TopicCatalogue;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a schema service of a few lines: the embedded Pub/Sub has none yet. */
class RegisteringSchemasIT {

    private final Map<String, Schema> registered = new ConcurrentHashMap<>();
    private Server server;
    private ManagedChannel channel;
    private SchemaServiceClient client;
    private RegisteringSchemas registering;

    @BeforeEach
    void start() throws IOException {
        server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .addService(new SchemaService(registered))
                        .build()
                        .start();
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                        .usePlaintext()
                        .build();
        client =
                SchemaServiceClient.create(
                        SchemaServiceSettings.newBuilder()
                                .setTransportChannelProvider(
                                        FixedTransportChannelProvider.create(
                                                GrpcTransportChannel.create(channel)))
                                .setCredentialsProvider(NoCredentialsProvider.create())
                                .build());
        registering = new RegisteringSchemas(client, "p");
    }

    @AfterEach
    void stop() {
        client.close();
        channel.shutdownNow();
        server.shutdownNow();
    }

    @Test
    void registersEveryTopicsContractOnce() {
        List<String> created = new ArrayList<>();
        List<String> differences = new ArrayList<>();

        assertThat(registering.register(created, differences)).isTrue();
        assertThat(created).hasSize(TopicCatalogue.all().size());
        assertThat(registered.values())
                .extracting(Schema::getDefinition)
                .anyMatch(definition -> definition.contains("message Interactions"));
        assertThat(registering.register(created, differences)).isTrue();

        assertThat(created).hasSize(TopicCatalogue.all().size());
        assertThat(differences).isEmpty();
    }

    @Test
    void saysWhichSchemaIsAnother() {
        registered.put(
                "projects/p/schemas/farandole-users",
                Schema.newBuilder()
                        .setName("projects/p/schemas/farandole-users")
                        .setDefinition("syntax = \"proto3\"; message Other {}")
                        .build());
        List<String> differences = new ArrayList<>();

        registering.register(new ArrayList<>(), differences);

        assertThat(differences).singleElement().asString().contains("farandole-users");
    }

    private static final class SchemaService extends SchemaServiceGrpc.SchemaServiceImplBase {

        private final Map<String, Schema> registered;

        SchemaService(Map<String, Schema> registered) {
            this.registered = registered;
        }

        @Override
        public void createSchema(CreateSchemaRequest request, StreamObserver<Schema> answer) {
            String name = request.getParent() + "/schemas/" + request.getSchemaId();
            Schema schema = request.getSchema().toBuilder().setName(name).build();
            registered.put(name, schema);
            answer.onNext(schema);
            answer.onCompleted();
        }

        @Override
        public void getSchema(GetSchemaRequest request, StreamObserver<Schema> answer) {
            Schema schema = registered.get(request.getName());
            if (schema == null) {
                answer.onError(Status.NOT_FOUND.asRuntimeException());
                return;
            }
            answer.onNext(schema);
            answer.onCompleted();
        }
    }
}
