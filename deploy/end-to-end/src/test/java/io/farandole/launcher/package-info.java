/** The farandole command itself, on machines made up of a few stub programs. */
@NullMarked
package io.farandole.launcher;

import org.jspecify.annotations.NullMarked;
