package io.farandole.orchestrator.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.SchemaServiceClient;
import com.google.cloud.pubsub.v1.SchemaServiceSettings;
import com.google.pubsub.v1.ListSchemasRequest;
import com.google.pubsub.v1.ProjectName;
import com.google.pubsub.v1.Schema;
import com.google.pubsub.v1.SchemaServiceGrpc;
import com.google.pubsub.v1.SchemaView;
import io.farandole.events.TopicCatalogue;
import io.farandole.pubsub.EmbeddedPubSub;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegisteringSchemasIT {

    @Test
    void registersEveryTopicsContractOnce() throws IOException {
        try (EmbeddedPubSub pubSub = EmbeddedPubSub.start();
                Client client = new Client(pubSub.endpoint())) {
            RegisteringSchemas registering = new RegisteringSchemas(client.schemas, "p");
            List<String> created = new ArrayList<>();
            List<String> differences = new ArrayList<>();

            assertThat(registering.register(created, differences)).isTrue();
            assertThat(created).hasSize(TopicCatalogue.all().size());
            assertThat(
                            client.schemas
                                    .listSchemas(
                                            ListSchemasRequest.newBuilder()
                                                    .setParent("projects/p")
                                                    .setView(SchemaView.FULL)
                                                    .build())
                                    .iterateAll())
                    .hasSize(TopicCatalogue.all().size())
                    .extracting(Schema::getDefinition)
                    .anyMatch(definition -> definition.contains("message Interactions"));
            assertThat(registering.register(created, differences)).isTrue();

            assertThat(created).hasSize(TopicCatalogue.all().size());
            assertThat(differences).isEmpty();
        }
    }

    @Test
    void saysWhichSchemaIsAnother() throws IOException {
        try (EmbeddedPubSub pubSub = EmbeddedPubSub.start();
                Client client = new Client(pubSub.endpoint())) {
            client.schemas.createSchema(
                    ProjectName.of("p"),
                    Schema.newBuilder()
                            .setType(Schema.Type.PROTOCOL_BUFFER)
                            .setDefinition("syntax = \"proto3\"; message Other {}")
                            .build(),
                    "farandole-users");
            List<String> differences = new ArrayList<>();

            new RegisteringSchemas(client.schemas, "p").register(new ArrayList<>(), differences);

            assertThat(differences).singleElement().asString().contains("farandole-users");
        }
    }

    /** Google's emulator has a schema service that does nothing for Protocol Buffers. */
    @Test
    void doesWithoutAServerThatHasNone() throws IOException {
        Server server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .addService(new SchemaServiceGrpc.SchemaServiceImplBase() {})
                        .build()
                        .start();
        try (Client client = new Client("127.0.0.1:" + server.getPort())) {
            List<String> created = new ArrayList<>();

            assertThat(
                            new RegisteringSchemas(client.schemas, "p")
                                    .register(created, new ArrayList<>()))
                    .isFalse();

            assertThat(created).isEmpty();
        } finally {
            server.shutdownNow();
        }
    }

    private static final class Client implements AutoCloseable {

        final SchemaServiceClient schemas;
        private final ManagedChannel channel;

        Client(String endpoint) throws IOException {
            channel = ManagedChannelBuilder.forTarget(endpoint).usePlaintext().build();
            schemas =
                    SchemaServiceClient.create(
                            SchemaServiceSettings.newBuilder()
                                    .setTransportChannelProvider(
                                            FixedTransportChannelProvider.create(
                                                    GrpcTransportChannel.create(channel)))
                                    .setCredentialsProvider(NoCredentialsProvider.create())
                                    .build());
        }

        @Override
        public void close() {
            schemas.close();
            channel.shutdownNow();
        }
    }
}
