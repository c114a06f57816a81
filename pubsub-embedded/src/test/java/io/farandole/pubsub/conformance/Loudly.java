package io.farandole.pubsub.conformance;

/** What nobody who reads the output of the tests may miss. */
final class Loudly {

    private Loudly() {}

    @SuppressWarnings("SystemOut") // a log can be turned down
    static void say(String... lines) {
        String bar = "!".repeat(100);
        System.out.println(bar);
        for (String line : lines) {
            System.out.println("!! CONFORMANCE: " + line);
        }
        System.out.println(bar);
    }
}
