package io.farandole.recommenders.dataset;

import java.util.List;

/** What is learnt from, and what came later and is to be foretold. */
public record Split(List<Interaction> train, List<Interaction> test) {

    public Split {
        train = List.copyOf(train);
        test = List.copyOf(test);
    }
}
