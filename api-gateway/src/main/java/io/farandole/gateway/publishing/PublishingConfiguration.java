package io.farandole.gateway.publishing;

import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.spring.pubsub.core.publisher.PublisherCustomizer;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How publishers behave. */
@Configuration(proxyBeanMethods = false)
class PublishingConfiguration {

    /** An emulator has no use for credentials, and looking for them takes long and warns loudly. */
    @Bean
    @ConditionalOnProperty("spring.cloud.gcp.pubsub.emulator-host")
    CredentialsProvider noCredentials() {
        return NoCredentialsProvider.create();
    }

    // No flow control of the client's own: see Waiting.
    @Bean
    PublisherCustomizer inOrderAndQuick() {
        return (publisher, _) ->
                publisher
                        .setEnableMessageOrdering(true)
                        .setBatchingSettings(
                                BatchingSettings.newBuilder()
                                        .setDelayThresholdDuration(Duration.ofMillis(1))
                                        .setElementCountThreshold(100L)
                                        .setRequestByteThreshold(100_000L)
                                        .build())
                        .setRetrySettings(quick());
    }

    /** The client's own pauses grow to a minute, which the next events of the key would wait. */
    private static RetrySettings quick() {
        return RetrySettings.newBuilder()
                .setInitialRetryDelayDuration(Duration.ofMillis(50))
                .setRetryDelayMultiplier(2)
                .setMaxRetryDelayDuration(Duration.ofSeconds(1))
                .setInitialRpcTimeoutDuration(Duration.ofSeconds(5))
                .setRpcTimeoutMultiplier(1)
                .setMaxRpcTimeoutDuration(Duration.ofSeconds(5))
                .setTotalTimeoutDuration(Duration.ofMinutes(10))
                .build();
    }
}
