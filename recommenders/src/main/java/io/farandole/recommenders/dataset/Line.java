package io.farandole.recommenders.dataset;

/** The canonical line of an interaction, of which fingerprints are taken. */
final class Line {

    static final String HEADER = "user\titem\tvalue\t" + LineFormat.MILLIS + "\n";

    private Line() {}

    static String of(Interaction interaction) {
        return interaction.user()
                + '\t'
                + interaction.item()
                + '\t'
                + (interaction.isGraded() ? number(interaction.value()) : "")
                + '\t'
                + interaction.at().toEpochMilli();
    }

    /** 4 rather than 4.0: half as long a file. */
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
