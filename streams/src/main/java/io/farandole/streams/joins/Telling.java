package io.farandole.streams.joins;

import io.farandole.streams.Told;

/** A row of a table: what was told last about its key, and when. */
public interface Telling {

    Told told();
}
