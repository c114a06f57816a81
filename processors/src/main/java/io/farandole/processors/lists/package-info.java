/**
 * What a user's list is made of and how it is made: shared by personalisation, which rewrites one
 * user's list after an act, and deployment, which makes everybody's for a new release.
 */
@NullMarked
package io.farandole.processors.lists;

import org.jspecify.annotations.NullMarked;
