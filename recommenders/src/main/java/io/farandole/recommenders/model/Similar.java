package io.farandole.recommenders.model;

/**
 * An item that the same users liked.
 *
 * @param score the cosine of the two items' users, shrunk; 0 to 1
 */
public record Similar(String item, double score) {}
