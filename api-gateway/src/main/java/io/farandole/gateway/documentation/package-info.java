/** The API's description, as OpenAPI. */
@NullMarked
package io.farandole.gateway.documentation;

import org.jspecify.annotations.NullMarked;
