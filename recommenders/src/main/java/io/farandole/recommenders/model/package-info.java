/** Trained models: what they are made of, scoring by fold-in, similar items, files. */
@NullMarked
package io.farandole.recommenders.model;

import org.jspecify.annotations.NullMarked;
