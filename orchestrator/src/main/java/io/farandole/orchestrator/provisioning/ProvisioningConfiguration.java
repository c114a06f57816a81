package io.farandole.orchestrator.provisioning;

import com.google.cloud.pubsub.v1.SchemaServiceClient;
import com.google.cloud.pubsub.v1.SchemaServiceSettings;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.spring.core.GcpProjectIdProvider;
import com.google.cloud.spring.pubsub.PubSubAdmin;
import java.io.IOException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Provisions when the orchestrator starts: a context that is up has its topics. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProvisioningSettings.class)
class ProvisioningConfiguration {

    /** Over the same channel and with the same credentials as the topics' own client. */
    @Bean(destroyMethod = "close")
    SchemaServiceClient schemaServiceClient(TopicAdminClient topics) throws IOException {
        return SchemaServiceClient.create(
                SchemaServiceSettings.newBuilder()
                        .setTransportChannelProvider(
                                topics.getSettings().getTransportChannelProvider())
                        .setCredentialsProvider(topics.getSettings().getCredentialsProvider())
                        .build());
    }

    @Bean(initMethod = "provision")
    Provisioning provisioning(
            PubSubAdmin admin,
            TopicAdminClient topics,
            SubscriptionAdminClient subscriptions,
            SchemaServiceClient schemas,
            GcpProjectIdProvider project,
            ProvisioningSettings settings) {
        return new Provisioning(
                admin,
                topics,
                subscriptions,
                new RegisteringSchemas(schemas, project.getProjectId()),
                project,
                settings);
    }
}
