package io.farandole.gateway.recommendations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.cloud.spring.pubsub.PubSubAdmin;
import io.farandole.events.ActivityEvent.CreditGranted;
import io.farandole.events.ActivityEvent.CreditSpent;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.UserId;
import io.farandole.gateway.Platform;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What becomes of users shows on lists that are open. */
@TestInstance(Lifecycle.PER_CLASS)
class StreamOfUsersIT {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final LiveList live = LiveList.filled();
    private final Platform platform = live.platform();

    @Test
    void tellsOfCreditThatIsSpentAsSoonAsTheProfileKnows() throws Exception {
        live.list(50, "play", "isbn-2");
        credit(30_000);
        try (OpenList open = live.open(null)) {
            open.awaitItems("play,isbn-2");
            awaitSubscriptions();
            // A play costs 25 €, the other 9 €. The event comes before the profile has it.
            live.say(
                    TopicCatalogue.ACTIVITY,
                    new CreditSpent(new UserId(LiveList.USER), 28_000),
                    null);
            credit(2_000);
            open.awaitItems("play,isbn-2", "isbn-2");
            live.say(TopicCatalogue.ACTIVITY, new CreditSpent(new UserId("15"), 1), null);
            credit(30_000);
            live.say(
                    TopicCatalogue.ACTIVITY,
                    new CreditGranted(new UserId(LiveList.USER), 28_000, null),
                    null);
            open.awaitItems("play,isbn-2", "isbn-2", "play,isbn-2");
        } finally {
            credit(30_000);
        }
    }

    private void credit(int cents) {
        platform.run(
                "update profile.users set value = jsonb_set(value, '{movements,0,cents}', '%d')"
                                .formatted(cents)
                        + " where key = '"
                        + LiveList.USER
                        + "'");
    }

    /** The one that hears of users is made when somebody looks for the first time. */
    private void awaitSubscriptions() {
        await().atMost(LONGEST).untilAsserted(this::readsSubscriptionsOfItsOwnThatExpire);
    }

    @Test
    void readsSubscriptionsOfItsOwnThatExpire() {
        for (var declared : TopicCatalogue.instanceSubscriptions()) {
            assertThat(platform.bean(PubSubAdmin.class).listSubscriptions())
                    .filteredOn(there -> there.getName().contains("/" + declared.prefix()))
                    .singleElement()
                    .satisfies(
                            there ->
                                    assertThat(there.getExpirationPolicy().getTtl().getSeconds())
                                            .isEqualTo(declared.expiration().toSeconds()));
        }
    }
}
