package io.farandole.gateway.playlists;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.farandole.events.UserId;
import io.farandole.gateway.offers.Offers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What was read of those who asked last, each with the stamp that it had. */
@Component
class UsersAtHand {

    private final Cache<UserId, Stamped> users;
    private final Offers offers;

    UsersAtHand(UserSettings settings, Offers offers) {
        this.offers = offers;
        this.users =
                Caffeine.newBuilder()
                        .maximumSize(settings.atHand())
                        .expireAfterAccess(settings.forgetAfter())
                        .build();
    }

    /**
     * What was read.
     *
     * @param stamp another one whenever something of it is another
     */
    record Stamped(String stamp, Known known) {}

    /** Null if nothing was read of them lately. */
    @Nullable Stamped of(UserId user) {
        return users.getIfPresent(user);
    }

    /** What is to be gone on with: the same, in less room. */
    Known keep(UserId user, Stamped read) {
        Known known = small(read.known());
        users.put(user, new Stamped(read.stamp(), known));
        return known;
    }

    /** All lists name the same items: each name is there once. */
    private Known small(Known known) {
        Known.OwnList list = known.list();
        if (list == null) {
            return known;
        }
        List<String> items = list.items().stream().map(offers::sameName).toList();
        return new Known(
                known.isKnown(),
                known.birthDate(),
                known.movements(),
                known.onboarding(),
                known.past(),
                new Known.OwnList(
                        list.release(),
                        list.model(),
                        list.version(),
                        list.canary(),
                        items,
                        list.scores()));
    }
}
