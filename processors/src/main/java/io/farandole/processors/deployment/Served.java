package io.farandole.processors.deployment;

/**
 * A model that is released.
 *
 * @param model its key in the objects
 * @param share of the users to whom it is served, in percent
 */
record Served(String model, int share) {}
