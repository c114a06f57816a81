package io.farandole.streams;

import java.util.List;

/** A function that is put together of others, in which its code is written. */
public interface Composed {

    List<?> parts();
}
