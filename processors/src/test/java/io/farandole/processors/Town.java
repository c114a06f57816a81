package io.farandole.processors;

import com.google.pubsub.v1.PubsubMessage;
import java.time.Instant;
import java.util.List;

/** What is said in a small town, as its producers write it. */
final class Town {

    private Town() {}

    static PubsubMessage film(String id, Instant at, List<String> categories) {
        return Platform.message(
                "offers",
                "published",
                id,
                at,
                "offer:" + id,
                """
                {"offer":"%1$s","product":"%1$s","title":"Film %1$s","categories":["%2$s"],
                 "priceCents":0,"digital":true}
                """
                        .formatted(id, String.join("\",\"", categories)));
    }

    static PubsubMessage registered(String user, Instant at) {
        return Platform.message(
                "users", "registered", user, at, "user:" + user, "{\"user\":\"" + user + "\"}");
    }

    static PubsubMessage rated(String id, String user, String film, double value, Instant at) {
        return Platform.message(
                "interactions",
                "rated",
                id,
                at,
                "user:" + user,
                "{\"user\":\"%s\",\"offer\":\"%s\",\"value\":%s}".formatted(user, film, value));
    }
}
