package io.farandole.streams.running;

import com.google.api.gax.batching.FlowControlSettings;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.spring.pubsub.support.PublisherFactory;
import com.google.cloud.spring.pubsub.support.SubscriberFactory;
import io.farandole.streams.ArchivedEvents;
import io.farandole.streams.Landing;
import io.farandole.streams.Processor;
import io.farandole.streams.relay.OrderedPublishing;
import io.farandole.streams.tracing.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Runs every processor and landing bean of the context in which it is imported. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StreamsSettings.class)
public class StreamsConfiguration {

    @Bean
    Streams streams(
            ObjectProvider<Processor> processors,
            ObjectProvider<Landing> landings,
            DataSource database,
            SubscriberFactory subscribers,
            PublisherFactory publishers,
            ObjectProvider<Clock> clock,
            ObjectProvider<MeterRegistry> meters,
            StreamsSettings settings,
            ObjectProvider<ArchivedEvents> archive,
            ObjectProvider<SubscriptionAdminClient> subscriptions,
            ObjectProvider<OpenTelemetry> telemetry) {
        Clock ours = clock.getIfAvailable(Clock::systemUTC);
        return new Streams(
                processors.orderedStream().toList(),
                landings.orderedStream().toList(),
                database,
                subscribers,
                publishers,
                ours,
                meters.getIfAvailable(SimpleMeterRegistry::new),
                settings,
                new ReplayMeans(archive.getIfAvailable(), subscriptions.getIfAvailable()),
                Traces.of(telemetry.getIfAvailable(GlobalOpenTelemetry::getOrNoop), ours));
    }

    /** By this name spring-cloud-gcp gives it to every subscriber. */
    @Bean
    FlowControlSettings subscriberFlowControlSettings(StreamsSettings settings) {
        return FlowControlSettings.newBuilder()
                .setMaxOutstandingElementCount(settings.outstandingMessages())
                .setMaxOutstandingRequestBytes(settings.outstandingSize().toBytes())
                .build();
    }

    @Bean
    OrderedPublishing orderedPublishing() {
        return new OrderedPublishing();
    }

    /** Only where there is something to report health to. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static class Health {

        @Bean
        StreamsHealth streamsHealthIndicator(Streams streams) {
            return new StreamsHealth(streams);
        }
    }
}
