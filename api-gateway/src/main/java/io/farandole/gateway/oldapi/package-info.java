/**
 * The addresses of the API that Farandole replaces, with their shapes: what its clients send means
 * what it meant, save where it meant nothing.
 */
@NullMarked
package io.farandole.gateway.oldapi;

import org.jspecify.annotations.NullMarked;
