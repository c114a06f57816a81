package io.farandole.pubsub.schema;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.JsonDecoder;

/**
 * Goes through a message with Avro's decoder and keeps nothing of it: so it can say at which place
 * the decoder stopped, and a length that lies costs no memory.
 */
final class AvroWalk {

    private static final int DEEPEST = 200;

    /** As many as a message can have bytes: items of no size could go on for ever. */
    private static final long MOST_ITEMS = 10_000_000;

    private final Decoder decoder;
    private final boolean json;
    private final StringBuilder place = new StringBuilder("$");
    private int depth;
    private long items;

    private AvroWalk(Decoder decoder, boolean json) {
        this.decoder = decoder;
        this.json = json;
    }

    static AvroWalk json(JsonDecoder decoder) {
        return new AvroWalk(decoder, true);
    }

    static AvroWalk binary(Decoder decoder) {
        return new AvroWalk(decoder, false);
    }

    void value(Schema schema) throws MismatchException {
        try {
            any(schema);
        } catch (EOFException e) {
            throw new MismatchException(place.toString(), "the data ends here");
        } catch (IOException | RuntimeException e) {
            // the decoder has several of its own, none of them for this
            throw new MismatchException(place.toString(), AvroDefinition.said(e));
        }
    }

    private void any(Schema schema) throws IOException, MismatchException {
        if (++depth > DEEPEST) {
            throw new MismatchException(
                    place.toString(), "nested deeper than " + DEEPEST + " levels");
        }
        switch (schema.getType()) {
            case NULL -> decoder.readNull();
            case BOOLEAN -> decoder.readBoolean();
            case INT -> decoder.readInt();
            case LONG -> decoder.readLong();
            case FLOAT -> decoder.readFloat();
            case DOUBLE -> decoder.readDouble();
            case STRING -> text();
            case BYTES -> bytes();
            case FIXED -> decoder.skipFixed(schema.getFixedSize());
            case ENUM -> symbol(schema);
            case UNION -> any(branch(schema));
            case ARRAY -> array(schema.getElementType());
            case MAP -> map(schema.getValueType());
            case RECORD -> fields(schema);
        }
        depth--;
    }

    private void text() throws IOException, MismatchException {
        if (json) {
            decoder.skipString();
        } else {
            lengthAndBytes();
        }
    }

    private void bytes() throws IOException, MismatchException {
        if (json) {
            decoder.skipBytes();
        } else {
            lengthAndBytes();
        }
    }

    /** The decoder's own would take a negative length for a step back. */
    private void lengthAndBytes() throws IOException, MismatchException {
        long length = decoder.readLong();
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw new MismatchException(place.toString(), "a length of " + length);
        }
        decoder.skipFixed((int) length);
    }

    private void fields(Schema schema) throws IOException, MismatchException {
        for (Schema.Field field : schema.getFields()) {
            at("." + field.name(), field.schema());
        }
    }

    private void array(Schema element) throws IOException, MismatchException {
        long index = 0;
        for (long left = decoder.readArrayStart(); left > 0; left = decoder.arrayNext()) {
            for (long i = 0; i < left; i++) {
                count();
                at("[" + index++ + "]", element);
            }
        }
    }

    private void map(Schema value) throws IOException, MismatchException {
        for (long left = decoder.readMapStart(); left > 0; left = decoder.mapNext()) {
            for (long i = 0; i < left; i++) {
                count();
                String key = "*";
                if (json) {
                    key = decoder.readString();
                } else {
                    lengthAndBytes();
                }
                at("." + key, value);
            }
        }
    }

    /** What was read when the decoder stopped stays in {@link #place}. */
    private void at(String step, Schema schema) throws IOException, MismatchException {
        int before = place.length();
        place.append(step);
        any(schema);
        place.setLength(before);
    }

    private void symbol(Schema schema) throws IOException, MismatchException {
        int index = decoder.readEnum();
        List<String> symbols = schema.getEnumSymbols();
        if (index < 0 || index >= symbols.size()) {
            throw new MismatchException(
                    place.toString(),
                    "symbol %d of an enum that has %d".formatted(index, symbols.size()));
        }
    }

    private Schema branch(Schema schema) throws IOException, MismatchException {
        int index = decoder.readIndex();
        List<Schema> branches = schema.getTypes();
        if (index < 0 || index >= branches.size()) {
            throw new MismatchException(
                    place.toString(),
                    "branch %d of a union that has %d".formatted(index, branches.size()));
        }
        return branches.get(index);
    }

    private void count() throws MismatchException {
        if (++items > MOST_ITEMS) {
            throw new MismatchException(
                    place.toString(), "more than " + MOST_ITEMS + " items, which no message has");
        }
    }
}
