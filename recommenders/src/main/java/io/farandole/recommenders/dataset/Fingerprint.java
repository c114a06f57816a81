package io.farandole.recommenders.dataset;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/**
 * What tells one set of interactions, and of facts of items, from another: SHA-256 over their
 * sorted lines, in hex.
 */
public final class Fingerprint {

    private Fingerprint() {}

    /** Whatever order they come in. */
    public static String of(Collection<Interaction> interactions) {
        MessageDigest digest = sha256();
        interactions.stream()
                .map(Line::of)
                .sorted()
                .forEach(line -> digest.update((line + '\n').getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * The same where something is known of items, too; where nothing is, as of the others alone.
     */
    public static String of(Collection<Interaction> interactions, ItemFacts facts) {
        String ofInteractions = of(interactions);
        if (facts.isEmpty()) {
            return ofInteractions;
        }
        MessageDigest digest = sha256();
        digest.update((ofInteractions + '\n').getBytes(StandardCharsets.UTF_8));
        FactsFile.lines(facts)
                .forEach(line -> digest.update((line + '\n').getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
