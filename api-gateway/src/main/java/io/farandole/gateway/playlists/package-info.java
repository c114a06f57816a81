/** Answers to a neutral wish: which offers, in which order, and where they come from. */
@NullMarked
package io.farandole.gateway.playlists;

import org.jspecify.annotations.NullMarked;
