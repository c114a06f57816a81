/** All in one: the whole platform in one JVM, and the farandole command. */
@NullMarked
package io.farandole.local;

import org.jspecify.annotations.NullMarked;
