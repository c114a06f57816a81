package io.farandole.recommenders.training;

/** Is told how far a training is; from the training's thread. */
@FunctionalInterface
public interface Progress {

    /** Tells nobody. */
    Progress SILENT = (_, _, _) -> {};

    /**
     * @param step in words, such as "inverting 1,997 x 1,997"
     * @param done of {@code all}, in the step's own unit
     */
    void at(String step, long done, long all);
}
