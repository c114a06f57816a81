package io.farandole.gateway.events;

import io.farandole.gateway.problems.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a sender calls a request by, so as to send it again: events that have no id of their own get
 * one that follows from it and from what they say. Nothing is kept of it here: the same key and
 * body give the same ids, and an id counts once.
 */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";

    /** What is behind it is 128 bits of a hash, as many as a UUID has. */
    private static final String PREFIX = "ik-";

    private static final int DIGITS = 32;
    private static final Pattern TEXT = Pattern.compile("[!-~]{8,200}");
    private static final JsonMapper JSON = new JsonMapper();

    private final String text;

    private IdempotencyKey(String text) {
        this.text = text;
    }

    /**
     * Null if the request has none.
     *
     * @throws ProblemException if it has several, or one that could not tell requests apart
     */
    static @Nullable IdempotencyKey of(HttpHeaders headers) {
        List<String> said = headers.getOrEmpty(HEADER);
        if (said.isEmpty()) {
            return null;
        }
        if (said.size() > 1) {
            throw refusal("is given more than once");
        }
        // In quotes by the letter of the standard, and without by habit.
        String text = said.getFirst().strip();
        if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1);
        }
        if (!TEXT.matcher(text).matches()) {
            throw refusal("is not 8 to 200 characters of ASCII without spaces, such as a UUID");
        }
        return new IdempotencyKey(text);
    }

    /** The same event, with an id if it had none. */
    Incoming named(Incoming event) {
        return event instanceof Claim claim && claim.attributes().get("id") == null
                ? named(claim)
                : event;
    }

    private Claim named(Claim claim) {
        Map<String, String> attributes = new HashMap<>(claim.attributes());
        attributes.put("id", PREFIX + digest(claim).substring(0, DIGITS));
        return new Claim(claim.index(), claim.place(), attributes, claim.data());
    }

    private String digest(Claim claim) {
        MessageDigest digest = sha256();
        add(digest, text.getBytes(StandardCharsets.UTF_8));
        // Two that say the same in one request are two.
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, claim.index()));
        SortedMap<String, String> attributes = new TreeMap<>(claim.attributes());
        // Another each time that it is sent.
        attributes.remove("traceparent");
        attributes.forEach(
                (name, value) -> {
                    add(digest, name.getBytes(StandardCharsets.UTF_8));
                    add(digest, value.getBytes(StandardCharsets.UTF_8));
                });
        add(digest, JSON.writeValueAsBytes(claim.data()));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** With its length in front: what follows is not taken for a part of it. */
    private static void add(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static ProblemException refusal(String reason) {
        return ProblemException.parameter("header " + HEADER, reason);
    }
}
