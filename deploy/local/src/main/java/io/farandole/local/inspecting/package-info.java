/**
 * What can be seen of a running installation from outside: its books, its rows, hashes of its
 * state.
 */
@NullMarked
package io.farandole.local.inspecting;

import org.jspecify.annotations.NullMarked;
