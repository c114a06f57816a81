/** Parameters as they come, in the query or in a body of JSON, and as what they are to be. */
@NullMarked
package io.farandole.gateway.parameters;

import org.jspecify.annotations.NullMarked;
