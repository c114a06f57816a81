/**
 * What operators ask of generations, from any process that reaches the database: rebuilds, replays
 * of one key, repairs; and what came of it.
 */
@NullMarked
package io.farandole.streams.replay;

import org.jspecify.annotations.NullMarked;
