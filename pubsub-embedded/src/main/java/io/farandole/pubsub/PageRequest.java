package io.farandole.pubsub;

import java.util.function.Function;
import java.util.stream.Stream;

/** Which piece of a list a call asks for. */
record PageRequest(int size, String token) {

    <T, R> void answer(
            Stream<T> all,
            Function<T, String> name,
            Reply<R> reply,
            Function<Page<T>, R> response) {
        Page.refuse(size, token)
                .ifPresentOrElse(
                        reply::refused,
                        () -> reply.done(response.apply(Page.of(all, name, size, token))));
    }

    /** Answers with those that are in the project. */
    <T, R> void answerIn(
            String project,
            Stream<T> all,
            Function<T, String> name,
            Reply<R> reply,
            Function<Page<T>, R> response) {
        ResourceName.refuseProject(project)
                .ifPresentOrElse(
                        reply::refused,
                        () ->
                                answer(
                                        all.filter(
                                                one -> ResourceName.in(project, name.apply(one))),
                                        name,
                                        reply,
                                        response));
    }
}
