/**
 * {@code GET /v1/users/{id}/recommendations}: a user's list, or what is popular when there is none.
 */
@NullMarked
package io.farandole.gateway.recommendations;

import org.jspecify.annotations.NullMarked;
