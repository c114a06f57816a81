/** What each user is recommended: folded from all that a user did, rewritten at once. */
@NullMarked
package io.farandole.processors.personalisation;

import org.jspecify.annotations.NullMarked;
