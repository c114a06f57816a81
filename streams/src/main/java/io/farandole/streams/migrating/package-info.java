/** Database schemas, brought up to date by Flyway. */
@NullMarked
package io.farandole.streams.migrating;

import org.jspecify.annotations.NullMarked;
