package io.farandole.pubsub.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.BigQueryConfig;
import com.google.pubsub.v1.BigtableConfig;
import com.google.pubsub.v1.CloudStorageConfig;
import com.google.pubsub.v1.IngestionDataSourceSettings;
import com.google.pubsub.v1.JavaScriptUDF;
import com.google.pubsub.v1.MessageStoragePolicy;
import com.google.pubsub.v1.MessageTransform;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What is not done here is said not to be, never taken and ignored. */
final class UnimplementedCases {

    @Rule(value = "BigQuery subscriptions", at = Page.BIGQUERY, ours = true)
    void bigQuery(World w) {
        subscription(
                w, one -> one.setBigqueryConfig(BigQueryConfig.newBuilder().setTable("p.d.t")));
    }

    @Rule(value = "Cloud Storage subscriptions", at = Page.CLOUD_STORAGE, ours = true)
    void cloudStorage(World w) {
        subscription(
                w,
                one -> one.setCloudStorageConfig(CloudStorageConfig.newBuilder().setBucket("b")));
    }

    @Rule(value = "Bigtable subscriptions", at = Page.RPC, ours = true)
    void bigtable(World w) {
        subscription(w, one -> one.setBigtableConfig(BigtableConfig.newBuilder().setTable("t")));
    }

    @Rule(value = "message transforms of subscriptions", at = Page.TRANSFORMS, ours = true)
    void transformsOfSubscriptions(World w) {
        subscription(w, one -> one.addMessageTransforms(transform()));
    }

    @Rule(value = "message transforms of topics", at = Page.TRANSFORMS, ours = true)
    void transformsOfTopics(World w) {
        topic(w, one -> one.addMessageTransforms(transform()));
    }

    @Rule(value = "ingestion into topics", at = Page.RPC, ours = true)
    void ingestion(World w) {
        topic(
                w,
                one ->
                        one.setIngestionDataSourceSettings(
                                IngestionDataSourceSettings.newBuilder()
                                        .setCloudStorage(
                                                IngestionDataSourceSettings.CloudStorage
                                                        .newBuilder()
                                                        .setBucket("b"))));
    }

    @Rule(
            value = "storage policies and encryption keys of topics",
            at = Page.TOPIC_PROPERTIES,
            ours = true)
    void regionsAndKeys(World w) {
        topic(
                w,
                one ->
                        one.setMessageStoragePolicy(
                                MessageStoragePolicy.newBuilder()
                                        .addAllowedPersistenceRegions("europe-west1")));
        topic(w, one -> one.setKmsKeyName("projects/p/locations/l/keyRings/r/cryptoKeys/k"));
    }

    @Rule(value = "tokens for push endpoints", at = Page.PUSH, ours = true)
    void pushTokens(World w) {
        subscription(
                w,
                one ->
                        one.setPushConfig(
                                PushConfig.newBuilder()
                                        .setPushEndpoint("http://127.0.0.1:1/")
                                        .setOidcToken(
                                                PushConfig.OidcToken.newBuilder()
                                                        .setServiceAccountEmail("a@b.c"))));
    }

    @Rule(value = "tags of topics and subscriptions", at = Page.RPC, ours = true)
    void tags(World w) {
        topic(w, one -> one.putTags("123/environment", "production"));
        subscription(w, one -> one.putTags("123/environment", "production"));
    }

    @Rule(value = "IAM policies", at = Page.ACCESS_CONTROL, ours = true)
    void iamPolicies(World w) {
        for (String method : List.of("GetIamPolicy", "SetIamPolicy", "TestIamPermissions")) {
            MethodDescriptor<Empty, Empty> call =
                    MethodDescriptor.<Empty, Empty>newBuilder()
                            .setType(MethodDescriptor.MethodType.UNARY)
                            .setFullMethodName("google.iam.v1.IAMPolicy/" + method)
                            .setRequestMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
                            .setResponseMarshaller(
                                    ProtoUtils.marshaller(Empty.getDefaultInstance()))
                            .build();
            unimplemented(
                    () ->
                            ClientCalls.blockingUnaryCall(
                                    w.subject().channel(),
                                    call,
                                    CallOptions.DEFAULT,
                                    Empty.getDefaultInstance()));
        }
    }

    private static void subscription(World w, UnaryOperator<Subscription.Builder> asking) {
        w.topic("news");
        unimplemented(() -> w.subscription("first", "news", asking));
        Answers.refused(Code.NOT_FOUND, () -> w.get("first"));
    }

    private static void topic(World w, UnaryOperator<Topic.Builder> asking) {
        unimplemented(() -> w.topic("news", asking));
        Answers.refused(Code.NOT_FOUND, () -> w.publish("news", "m"));
    }

    private static void unimplemented(ThrowingCallable call) {
        Status status = Answers.statusOf(call);
        assertThat(status.getCode()).as("the answer %s", status).isEqualTo(Code.UNIMPLEMENTED);
        assertThat(status.getDescription()).contains(" ").endsWith(".");
    }

    private static MessageTransform transform() {
        return MessageTransform.newBuilder()
                .setJavascriptUdf(
                        JavaScriptUDF.newBuilder()
                                .setFunctionName("same")
                                .setCode("function same(message, metadata) { return message; }"))
                .build();
    }
}
