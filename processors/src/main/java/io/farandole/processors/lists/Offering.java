package io.farandole.processors.lists;

import io.farandole.recommenders.taste.Assortment;

/**
 * What can be recommended, as last read.
 *
 * @param catalogueIsThere false until personalisation has heard of a first item: what is empty then
 *     is not the catalogue but our knowledge of it
 */
public record Offering(boolean catalogueIsThere, Assortment assortment) {}
