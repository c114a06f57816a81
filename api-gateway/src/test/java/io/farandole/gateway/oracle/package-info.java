/**
 * What may be shown to whom, by code that shares nothing with the gateway's, and answers over HTTP
 * that are held against it.
 */
@NullMarked
package io.farandole.gateway.oracle;

import org.jspecify.annotations.NullMarked;
