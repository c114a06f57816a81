/** So long may an answer take. */
@NullMarked
package io.farandole.gateway.deadlines;

import org.jspecify.annotations.NullMarked;
