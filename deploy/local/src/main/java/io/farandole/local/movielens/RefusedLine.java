package io.farandole.local.movielens;

/** A line that is not what its file should hold, and why. */
public record RefusedLine(String file, long line, String reason) {

    @Override
    public String toString() {
        return file + ":" + line + ": " + reason;
    }
}
