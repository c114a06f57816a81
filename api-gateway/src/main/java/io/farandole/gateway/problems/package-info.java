/** What went wrong, as RFC 9457 bodies: one place that writes them, whoever noticed. */
@NullMarked
package io.farandole.gateway.problems;

import org.jspecify.annotations.NullMarked;
