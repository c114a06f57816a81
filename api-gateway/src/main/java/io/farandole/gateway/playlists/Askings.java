package io.farandole.gateway.playlists;

import io.farandole.events.UserId;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.Call;
import io.farandole.gateway.eligibility.Asking;
import io.farandole.gateway.eligibility.Wish;
import io.farandole.gateway.offers.Assortment;
import io.farandole.gateway.offers.Offers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds out who it is that asks: what rules go by, as it is now. */
@Component
public class Askings {

    private final ReadingUsers users;
    private final Offers offers;
    private final GatewaySettings.Credits credits;
    private final ZoneId zone;
    private final Clock clock = Clock.systemUTC();

    Askings(ReadingUsers users, Offers offers, GatewaySettings settings) {
        this.users = users;
        this.offers = offers;
        this.credits = settings.credits();
        this.zone = settings.zone();
    }

    /**
     * What a user wishes.
     *
     * @param user null for nobody who is known, of whom rules think the least
     */
    public Mono<Asking> of(@Nullable UserId user, Wish wish, Call call) {
        Mono<Known> reading = user == null ? Mono.just(Known.NOTHING) : users.withoutList(user);
        return Mono.zip(reading, offers.all(call.skips()))
                .map(both -> of(both.getT1(), both.getT2(), wish));
    }

    Asking of(Known known, Assortment assortment, Wish wish) {
        Instant now = clock.instant();
        return new Asking(Persons.of(known, assortment, credits, now), wish, now, zone);
    }
}
