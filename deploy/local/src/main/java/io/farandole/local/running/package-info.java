/**
 * One running installation: its directory, its ports, its process, and all parts of the platform in
 * that process.
 */
@NullMarked
package io.farandole.local.running;

import org.jspecify.annotations.NullMarked;
