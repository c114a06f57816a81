package io.farandole.gateway.parameters;

import io.farandole.gateway.problems.ProblemException;
import java.util.function.Function;

/** What names somebody or something in an address. */
public final class Identifier {

    private Identifier() {}

    /**
     * Reads one.
     *
     * @param as throws an {@link IllegalArgumentException} that says why it is none
     * @throws ProblemException naming the parameter
     */
    public static <T> T of(String parameter, String text, Function<String, T> as) {
        try {
            return as.apply(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.parameter(parameter, String.valueOf(e.getMessage()));
        }
    }
}
