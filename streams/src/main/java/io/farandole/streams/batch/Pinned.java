package io.farandole.streams.batch;

import io.farandole.streams.Reference;
import io.farandole.streams.batch.PinnedReferences.Loaded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/** The references of one attempt at a batch, and whether they are still current. */
final class Pinned {

    static final Pinned NOTHING = new Pinned(Map.of(), (_, _) -> {});

    private final Map<Reference<?>, Loaded> loads;
    private final BiConsumer<Reference<?>, Loaded> outdating;
    private final List<Question> questions = new ArrayList<>();

    private record Question(Reference<?> reference, Loaded loaded, Currency now) {}

    /**
     * @param outdating told of a load that is not current any more
     */
    Pinned(Map<Reference<?>, Loaded> loads, BiConsumer<Reference<?>, Loaded> outdating) {
        this.loads = loads;
        this.outdating = outdating;
    }

    Map<Reference<?>, Object> values() {
        Map<Reference<?>, Object> values = new HashMap<>();
        loads.forEach((reference, loaded) -> values.put(reference, loaded.value()));
        return values;
    }

    /** What there is to tell of each: its currency, if it has one. */
    Map<String, String> currencies() {
        Map<String, String> currencies = new HashMap<>();
        loads.forEach(
                (reference, loaded) ->
                        currencies.put(
                                reference.name(),
                                Objects.requireNonNullElse(loaded.currency(), "")));
        return currencies;
    }

    /** Asks again for the currencies, in statements of their own: they see what was committed. */
    void ask(RoundTrip roundTrip) {
        questions.clear();
        loads.forEach(
                (reference, loaded) -> {
                    Question question = new Question(reference, loaded, new Currency(reference));
                    question.now.ask(roundTrip);
                    questions.add(question);
                });
    }

    /**
     * @throws Outdated if one of them was changed since it was loaded: it is loaded afresh next
     */
    void requireCurrent() {
        for (Question question : questions) {
            if (!Objects.equals(question.now.answer(), question.loaded.currency())) {
                outdating.accept(question.reference, question.loaded);
                throw new Outdated(
                        "reference " + question.reference.name() + " changed while it was pinned");
            }
        }
    }
}
