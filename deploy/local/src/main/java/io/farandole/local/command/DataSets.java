package io.farandole.local.command;

/** Where the data set is that comes with the project. */
final class DataSets {

    static final String USUAL = "${sys:farandole.home:-.}/data/ml-latest-small";

    private DataSets() {}
}
