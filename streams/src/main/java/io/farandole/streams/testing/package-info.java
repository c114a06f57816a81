/**
 * Drives a processor in memory, without broker or database: pipe events in, read what it keeps and
 * says. Shipped, so that whoever describes processors can test them.
 */
@NullMarked
package io.farandole.streams.testing;

import org.jspecify.annotations.NullMarked;
