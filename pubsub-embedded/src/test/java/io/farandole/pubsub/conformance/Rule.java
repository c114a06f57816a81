package io.farandole.pubsub.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the documentation says, in few words, on a method that sees whether a server keeps to it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Rule {

    String value();

    Page at();

    /** The page leaves this open: a promise of our own, to which the emulator is not held. */
    boolean ours() default false;
}
