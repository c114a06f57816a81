package io.farandole.streams;

/**
 * What a processor makes of each row of a store when a generation of it has read the archive to its
 * end: once a row, where settling would make it anew with every batch. All of it goes by one state
 * of what is looked up, which is noted with the generation. While the archive is read nothing is
 * settled; from then on everything is. Where it was broken off it is begun again, and more of the
 * archive may have been read since: what is not to be there any more is removed by it.
 *
 * @param of the store whose keys are gone through, in their order
 */
public record Completion(Store<?> of, Rows rows, Making making) {

    /** Declares the rows that a key needs. */
    @FunctionalInterface
    public interface Rows {
        void declare(String key, Touched touched);
    }

    /** Makes what is to be made for a key; pure, as all folds are, and it says nothing. */
    @FunctionalInterface
    public interface Making {
        void make(String key, Context context);
    }
}
