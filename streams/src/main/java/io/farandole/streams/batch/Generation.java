package io.farandole.streams.batch;

/**
 * One attempt at a processor's state.
 *
 * @param id its number among all processors' generations, which is in every row it owns
 * @param number its number among the processor's own
 */
public record Generation(int id, String processor, int number) {

    /** A partition of this generation. */
    String partitionOf(String table) {
        return table + "_g" + id;
    }
}
