package io.farandole.benchmarks.api.load;

/** The zones: rectangles in rows from south to north and columns from west to east, in degrees. */
public final class Grid {

    public static final int ROWS = 10;
    public static final int COLUMNS = 20;
    public static final double SOUTH = 48.76;
    public static final double WEST = 2.15;
    public static final double HEIGHT = 0.02;
    public static final double WIDTH = 0.02;

    private Grid() {}

    public static String zone(int row, int column) {
        return "zone-" + row + "-" + column;
    }
}
