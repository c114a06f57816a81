package io.farandole.streams.batch;

/** Another transaction was quicker: this one is rolled back and tried again. */
class Contended extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Contended(String message) {
        super(message);
    }
}
