/**
 * Where it is kept on a laptop and in tests: a real Postgres that survives a kill, asks for a
 * password and is never started twice on the same files.
 */
@NullMarked
package io.farandole.postgres;

import org.jspecify.annotations.NullMarked;
