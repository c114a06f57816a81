package io.farandole.gateway.documentation;

import io.swagger.v3.oas.annotations.Parameter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The parameter {@code scenario}. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Parameter(
        description =
                "One that is configured: what is included, excluded, boosted, pinned and tried."
                        + " params.scenario says what it did.",
        example = "home")
public @interface InScenario {}
