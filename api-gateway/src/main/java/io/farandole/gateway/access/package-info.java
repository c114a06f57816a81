/**
 * Who may ask: keys, a provider's tokens, the old clients' token, and where keyless calls may come
 * from.
 */
@NullMarked
package io.farandole.gateway.access;

import org.jspecify.annotations.NullMarked;
