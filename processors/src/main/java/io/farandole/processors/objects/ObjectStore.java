package io.farandole.processors.objects;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * Where data sets, models and metrics are. What is under a prefix appears at once and never changes
 * again: its name says what it holds, so that making it twice is making it once.
 */
public interface ObjectStore {

    /** A place to make something in, before it is put. */
    LocalDraft draft() throws IOException;

    /**
     * Keeps all files of a directory under a prefix; does nothing if the prefix is there already.
     *
     * @param prefix such as {@code models/4e1f}: two names of letters, digits and hyphens
     * @throws IllegalArgumentException if the prefix is not of that form
     */
    void put(String prefix, Path directory) throws IOException;

    /**
     * A local directory with the files, to be read only; it stays until they are deleted.
     *
     * @throws NoSuchObject if nothing is there
     */
    Path fetch(String prefix) throws IOException;

    /**
     * Where the files are for other programs: a directory's {@code file:///…}, or {@code
     * gs://bucket/…}.
     *
     * @throws NoSuchObject if nothing is there
     */
    URI address(String prefix) throws IOException;

    /**
     * Deletes all files under a prefix at once; does nothing if there are none. Whoever has them
     * open may read on.
     *
     * @throws IllegalArgumentException if the prefix is not of that form
     */
    void delete(String prefix) throws IOException;
}
