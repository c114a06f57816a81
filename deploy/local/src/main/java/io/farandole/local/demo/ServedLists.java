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
import tools.jackson.databind.JsonNode;

/** Asks the API for everybody's list, and again where it is too busy, as a client should. */
final class ServedLists {

    /** The release of lists before there is a model. */
    static final String TASTE = "taste";

    private static final int AT_A_TIME = 4;
    private static final int MOST_QUESTIONS = 10;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int PLACES = 20;

    private final Api api;
    private final String release;
    private long whole;
    private long byModel;
    private String lacking = "";

    private record Found(boolean isByModel, String lacking) {}

    /**
     * @param release what every list is to be of
     */
    ServedLists(Api api, String release) {
        this.api = api;
        this.release = release;
    }

    /** Asks for all of them, several at a time. */
    void ask(Collection<String> users) throws InterruptedException {
        try (ExecutorService asking = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<Found>> answers =
                    users.stream().map(user -> asking.submit(() -> find(user))).toList();
            for (Future<Found> answer : answers) {
                note(answer);
            }
        }
    }

    private void note(Future<Found> answer) throws InterruptedException {
        try {
            Found found = answer.get();
            byModel += found.isByModel() ? 1 : 0;
            if (found.lacking().isEmpty()) {
                whole++;
            } else if (lacking.isEmpty()) {
                lacking = found.lacking();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw new IllegalStateException("a list could not be asked for", e.getCause());
        }
    }

    /** The list that the user is served, and what is wrong with it; empty if nothing is. */
    private Found find(String user) throws InterruptedException {
        Answer answer = api.recommendations(user, PLACES);
        for (int asked = 1; isBusy(answer) && asked < MOST_QUESTIONS; asked++) {
            Thread.sleep(PAUSE);
            answer = api.recommendations(user, PLACES);
        }
        return new Found(
                params(answer).path("origin").asString("").equals("model"),
                isWhole(answer)
                        ? ""
                        : ", not user "
                                + user
                                + ": status "
                                + answer.status()
                                + ", "
                                + answer.body());
    }

    // A user of whose ratings the model has learnt nothing has a list by taste, in its release too:
    // some may, but most are to be seen to get what the model made.
    Check check(long users) {
        return new Check(
                "users with a list of " + release + " from the API",
                whole == users && (release.equals(TASTE) || byModel > users / 2),
                String.format(
                        Locale.ROOT,
                        "%,d of %,d, %,d by a model%s",
                        whole,
                        users,
                        byModel,
                        lacking));
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
                && params(answer).path("release").asString("").equals(release);
    }

    private static JsonNode params(Answer answer) {
        return answer.body().path("params");
    }
}
