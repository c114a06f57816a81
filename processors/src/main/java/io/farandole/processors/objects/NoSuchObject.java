package io.farandole.processors.objects;

import java.io.IOException;
import java.io.Serial;

/** Nothing is there under a prefix. */
public final class NoSuchObject extends IOException {

    @Serial private static final long serialVersionUID = 1L;

    NoSuchObject(String prefix) {
        super("there is no object " + prefix);
    }
}
