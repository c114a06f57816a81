package io.farandole.gateway.documentation;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The parameter {@code limit} of addresses that give a list of items. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Parameter(
        description = "How many items at most.",
        schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20"))
public @interface HowMany {}
