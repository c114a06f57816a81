package io.farandole.gateway.health;

import io.farandole.gateway.offers.Offers;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Whether the offers in memory are as fresh as they have to be. */
@Component("offersInMemory")
class FreshOffers implements ReactiveHealthIndicator {

    private final Offers offers;

    FreshOffers(Offers offers) {
        this.offers = offers;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> of(offers.state()));
    }

    static Health of(Offers.State state) {
        Duration age = state.age();
        Health.Builder health = state.isFresh() ? Health.up() : Health.outOfService();
        if (age == null) {
            health.withDetail("reason", "they have not been read yet");
        } else {
            health.withDetail("atMostOldMillis", age.toMillis());
        }
        return health.withDetail("offers", state.offers())
                .withDetail("eventsAreHeard", state.hears())
                .build();
    }
}
