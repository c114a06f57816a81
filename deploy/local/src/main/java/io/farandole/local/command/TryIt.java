package io.farandole.local.command;

import io.farandole.local.asking.Api;
import io.farandole.local.console.Console;
import io.farandole.local.demo.DemoReport;
import io.farandole.local.running.AllInOne;
import io.farandole.local.running.Ports;

/** Lines to be copied: what can be asked of a demonstration that runs. */
record TryIt(DemoReport report, Ports ports) {

    private static final String CURL = "  curl -s -H \"X-Api-Key: $KEY\" '";

    void say(Console console) {
        try (Api api = new Api(ports)) {
            console.say("Try it, with the key that was made for this demonstration");
            console.say("  KEY=" + report.key());
            console.say(CURL + api.recommendationsOf(report.user()) + "?limit=5'");
            console.say(
                    CURL
                            + api.events()
                            + "' -H 'content-type: application/cloudevents+json' -d '"
                            + example()
                            + "'");
            console.say(CURL + api.similarTo(firstOffer()) + "?limit=5'");
            console.say(CURL + api.formerListOf(report.user()) + "?nbRecoDisplay=5'");
            console.say("  curl -s '" + api.health() + "'");
            console.say("  ./farandole keys list");
            console.say("  ./farandole runs show " + report.model().summary().run());
            console.say(
                    "  Pub/Sub: PUBSUB_EMULATOR_HOST=127.0.0.1:"
                            + ports.pubsub()
                            + ", project "
                            + AllInOne.PROJECT);
        }
    }

    private String firstOffer() {
        return report.list()
                .path("recommendations")
                .path(0)
                .path("offers")
                .path(0)
                .asString("movie-1");
    }

    /** A rating of the first item on the list: it will be gone from the next one. */
    private String example() {
        return "{\"specversion\":\"1.0\",\"id\":\"try-1\",\"source\":\"curl\","
                + "\"type\":\"io.farandole.interactions.rated.v1\",\"data\":{\"user\":\""
                + report.user()
                + "\",\"offer\":\""
                + firstOffer()
                + "\",\"value\":4.5}}";
    }
}
