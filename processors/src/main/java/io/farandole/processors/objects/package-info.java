/** The object port: data sets, models and metrics, shared by the steps that make and read them. */
@NullMarked
package io.farandole.processors.objects;

import org.jspecify.annotations.NullMarked;
