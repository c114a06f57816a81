/** Makes an approved model what is served: a release, with everybody's list and similar items. */
@NullMarked
package io.farandole.processors.deployment;

import org.jspecify.annotations.NullMarked;
