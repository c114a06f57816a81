package io.farandole.processors.deployment;

/**
 * What a release was filled with.
 *
 * @param users who have a list in it
 * @param items that have similar ones in it
 */
record Filled(int users, int items) {}
