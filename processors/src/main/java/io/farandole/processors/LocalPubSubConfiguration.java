package io.farandole.processors;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where Pub/Sub is not Google's: it wants no credentials, and none are looked for. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("spring.cloud.gcp.pubsub.emulator-host")
class LocalPubSubConfiguration {

    @Bean
    CredentialsProvider noCredentials() {
        return NoCredentialsProvider.create();
    }
}
