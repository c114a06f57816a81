package io.farandole.pubsub.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Whether bytes are one whole JSON value: the readers of Avro and Protobuf stop where they know
 * enough, and would take half a document, or one with another behind it.
 */
final class JsonText {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    static void check(ByteString bytes) throws MismatchException {
        try (JsonParser parser = JSON.createParser(bytes.newInput())) {
            if (parser.nextToken() == null) {
                throw new MismatchException("the data is empty, and has to be JSON");
            }
            skipValue(parser);
            JsonToken more = parser.nextToken();
            if (more != null) {
                throw at(parser.currentTokenLocation(), "there is more after the JSON value");
            }
        } catch (JsonProcessingException e) {
            throw at(e.getLocation(), "not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new MismatchException("not JSON: " + e.getMessage());
        }
    }

    private static void skipValue(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (!token.isStructStart()) {
            return;
        }
        for (int depth = 1; depth > 0; ) {
            token = parser.nextToken();
            if (token == null) {
                return;
            }
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            }
        }
    }

    private static MismatchException at(@Nullable JsonLocation location, String reason) {
        return location == null
                ? new MismatchException(reason)
                : new MismatchException(
                        "line %d, column %d"
                                .formatted(location.getLineNr(), location.getColumnNr()),
                        reason);
    }
}
