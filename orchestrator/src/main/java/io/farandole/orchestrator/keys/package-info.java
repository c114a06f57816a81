/** Keys to the API: made, listed and revoked here, read by the API itself. */
@NullMarked
package io.farandole.orchestrator.keys;

import org.jspecify.annotations.NullMarked;
