/**
 * Models as operators see them: what is served, tried, kept and rejected; and the events that ask
 * for a promotion or a rollback. Nobody is told to do it: deployment hears the event, and says what
 * became of it.
 */
@NullMarked
package io.farandole.orchestrator.models;

import org.jspecify.annotations.NullMarked;
