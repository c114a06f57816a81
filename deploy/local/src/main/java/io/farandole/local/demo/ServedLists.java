package io.farandole.local.demo;

import io.farandole.local.asking.Answer;
import io.farandole.local.asking.Api;
import java.time.Duration;
import java.util.Locale;

/** Asks the API for everybody's list, and again where it is too busy, as a client should. */
final class ServedLists {

    private static final int MOST_QUESTIONS = 10;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int PLACES = 20;

    private final Api api;
    private long whole;
    private String lacking = "";

    ServedLists(Api api) {
        this.api = api;
    }

    void ask(String user) throws InterruptedException {
        Answer answer = api.recommendations(user, PLACES);
        for (int asked = 1; isBusy(answer) && asked < MOST_QUESTIONS; asked++) {
            Thread.sleep(PAUSE);
            answer = api.recommendations(user, PLACES);
        }
        if (isWhole(answer)) {
            whole++;
        } else if (lacking.isEmpty()) {
            lacking = ", not user " + user + ": status " + answer.status() + ", " + answer.body();
        }
    }

    Check check(long users) {
        return new Check(
                "users with a list by the model from the API",
                whole == users,
                String.format(Locale.ROOT, "%,d of %,d%s", whole, users, lacking));
    }

    private static boolean isBusy(Answer answer) {
        return answer.status() == 503 || (answer.isOk() && !isByModel(answer));
    }

    /** The user's own list by the released model, every entry with a title. */
    private static boolean isWhole(Answer answer) {
        return isByModel(answer)
                && answer.body()
                        .path("recommendations")
                        .valueStream()
                        .noneMatch(entry -> entry.path("title").asString("").isBlank());
    }

    private static boolean isByModel(Answer answer) {
        return FirstList.isOwn(answer)
                && answer.body().path("params").path("origin").asString("").equals("model");
    }
}
