/**
 * The platform's topology, read off the code, and the committed documents that are made from it.
 */
@NullMarked
package io.farandole.local.topology;

import org.jspecify.annotations.NullMarked;
