/** The demonstration: a real data set from files to served lists, every count taken twice. */
@NullMarked
package io.farandole.local.demo;

import org.jspecify.annotations.NullMarked;
