package io.farandole.orchestrator;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An embedded Pub/Sub asks for no credentials, and a laptop has none. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("spring.cloud.gcp.pubsub.emulator-host")
class LocalPubSubConfiguration {

    @Bean
    CredentialsProvider noCredentials() {
        return NoCredentialsProvider.create();
    }
}
