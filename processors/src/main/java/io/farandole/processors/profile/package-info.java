/** What each user is known by, and what each user has had. */
@NullMarked
package io.farandole.processors.profile;

import org.jspecify.annotations.NullMarked;
