package io.farandole.recommenders.evaluation;

/**
 * A mean over users and its 95 % interval, by bootstrap over the users.
 *
 * @param low the 2.5 % percentile of the means of the resamples
 * @param high the 97.5 % percentile
 */
public record Interval(double mean, double low, double high) {}
