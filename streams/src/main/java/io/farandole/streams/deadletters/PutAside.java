package io.farandole.streams.deadletters;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that was put aside, whole.
 *
 * @param text its data, if they are text
 * @param base64 its data, if they are not
 */
public record PutAside(
        DeadLetter letter,
        String messageId,
        String orderingKey,
        Map<String, String> attributes,
        @Nullable String text,
        @Nullable String base64) {

    static PutAside of(
            DeadLetter letter,
            String messageId,
            String orderingKey,
            Map<String, String> attributes,
            byte[] data) {
        String text = text(data);
        return new PutAside(
                letter,
                messageId,
                orderingKey,
                attributes,
                text,
                text == null ? Base64.getEncoder().encodeToString(data) : null);
    }

    private static @Nullable String text(byte[] data) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }
}
