/**
 * Judges canaries by what users did with the lists that they were shown: one that is clicked on or
 * booked from less, beyond chance, is said to be bad, one that is as good is said to be good.
 * Nobody is told what to do about it.
 */
@NullMarked
package io.farandole.processors.guardrails;

import org.jspecify.annotations.NullMarked;
