package io.farandole.local.movielens;

import java.util.List;

/** A line of movies.csv. */
record Movie(int id, String title, List<String> genres) {}
