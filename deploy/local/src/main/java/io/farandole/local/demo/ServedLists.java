package io.farandole.local.demo;

import io.farandole.local.Failure;
import io.farandole.local.asking.Answer;
import io.farandole.local.asking.Api;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks the API for everybody's list, and again where it is too busy, as a client should. */
final class ServedLists {

    private static final int AT_A_TIME = 4;
    private static final int MOST_QUESTIONS = 10;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int PLACES = 20;

    private final Api api;
    private final String origin;
    private long whole;
    private String lacking = "";

    /**
     * @param origin what every list is to come from
     */
    ServedLists(Api api, String origin) {
        this.api = api;
        this.origin = origin;
    }

    /** Asks for all of them, several at a time. */
    void ask(Collection<String> users) throws InterruptedException {
        try (ExecutorService asking = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<String>> answers =
                    users.stream().map(user -> asking.submit(() -> lacking(user))).toList();
            for (Future<String> answer : answers) {
                note(answer);
            }
        }
    }

    private void note(Future<String> answer) throws InterruptedException {
        try {
            String said = answer.get();
            if (said.isEmpty()) {
                whole++;
            } else if (lacking.isEmpty()) {
                lacking = said;
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw new IllegalStateException("a list could not be asked for", e.getCause());
        }
    }

    /** What is wrong with the list that the user is served; empty if nothing is. */
    private String lacking(String user) throws InterruptedException {
        Answer answer = api.recommendations(user, PLACES);
        for (int asked = 1; isBusy(answer) && asked < MOST_QUESTIONS; asked++) {
            Thread.sleep(PAUSE);
            answer = api.recommendations(user, PLACES);
        }
        return isWhole(answer)
                ? ""
                : ", not user " + user + ": status " + answer.status() + ", " + answer.body();
    }

    Check check(long users) {
        return new Check(
                "users with a list by " + origin + " from the API",
                whole == users,
                String.format(Locale.ROOT, "%,d of %,d%s", whole, users, lacking));
    }

    private boolean isBusy(Answer answer) {
        return answer.status() == 503 || (answer.isOk() && !isFromThere(answer));
    }

    /** The user's own list, every entry with a title. */
    private boolean isWhole(Answer answer) {
        return isFromThere(answer)
                && answer.body()
                        .path("recommendations")
                        .valueStream()
                        .noneMatch(entry -> entry.path("title").asString("").isBlank());
    }

    private boolean isFromThere(Answer answer) {
        return FirstList.isOwn(answer)
                && answer.body().path("params").path("origin").asString("").equals(origin);
    }
}
