/** What is measured, in processes of its own: the API, and the rest of the platform. */
@NullMarked
package io.farandole.benchmarks.api.serving;

import org.jspecify.annotations.NullMarked;
