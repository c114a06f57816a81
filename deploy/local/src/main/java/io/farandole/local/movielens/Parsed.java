package io.farandole.local.movielens;

/** What became of one line. */
sealed interface Parsed<T> {

    record Good<T>(T value) implements Parsed<T> {}

    record Bad<T>(String reason) implements Parsed<T> {}
}
