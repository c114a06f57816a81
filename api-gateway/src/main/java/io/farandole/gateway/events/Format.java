package io.farandole.gateway.events;

import io.farandole.gateway.problems.ProblemCode;
import io.farandole.gateway.problems.ProblemException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** The ways in which CloudEvents 1.0 puts events into a request, told apart by the content type. */
enum Format {
    /** One event, attributes and data in one JSON object. */
    STRUCTURED(Format.STRUCTURED_TYPE),
    /** A JSON array of such objects. */
    BATCH(Format.BATCH_TYPE),
    /** One event, attributes in headers, data as the body. */
    BINARY(MediaType.APPLICATION_JSON_VALUE);

    static final String STRUCTURED_TYPE = "application/cloudevents+json";
    static final String BATCH_TYPE = "application/cloudevents-batch+json";

    private static final String ALL =
            String.join(", ", STRUCTURED_TYPE, BATCH_TYPE, MediaType.APPLICATION_JSON_VALUE);

    private final String type;

    Format(String type) {
        this.type = type;
    }

    /** Throws a problem for what is not read here. */
    static Format of(HttpHeaders headers) {
        List<String> encodings = headers.getOrEmpty(HttpHeaders.CONTENT_ENCODING);
        if (!encodings.isEmpty() && !encodings.equals(List.of("identity"))) {
            throw unsupported("the body is compressed; send it as it is")
                    .with(HttpHeaders.ACCEPT_ENCODING, "identity");
        }
        MediaType given = contentType(headers);
        if (given == null) {
            throw unsupported("the header Content-Type is missing or no media type");
        }
        Charset charset = given.getCharset();
        if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
            throw unsupported("the body is in " + charset + ", not UTF-8");
        }
        for (Format format : values()) {
            if (format.type.equals(given.getType() + "/" + given.getSubtype())) {
                return format;
            }
        }
        throw unsupported("the body is " + given.getType() + "/" + given.getSubtype());
    }

    private static @Nullable MediaType contentType(HttpHeaders headers) {
        try {
            return headers.getContentType();
        } catch (InvalidMediaTypeException e) {
            return null;
        }
    }

    private static ProblemException unsupported(String reason) {
        return ProblemException.of(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                        reason
                                + "; send one event as "
                                + STRUCTURED_TYPE
                                + ", several as "
                                + BATCH_TYPE
                                + ", or one as application/json with its attributes in ce- headers")
                .with(HttpHeaders.ACCEPT, ALL);
    }
}
