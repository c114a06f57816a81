package io.farandole.pubsub;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import com.google.pubsub.v1.PubsubMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** Reads a message's attributes, and nothing else of it, from the bytes that it is kept as. */
final class MessageAttributes {

    private static final int ENTRY_KEY = 1;
    private static final int ENTRY_VALUE = 2;

    private MessageAttributes() {}

    static Map<String, String> in(byte[] message) {
        CodedInputStream in = CodedInputStream.newInstance(message);
        Map<String, String> attributes = new HashMap<>();
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (WireFormat.getTagFieldNumber(tag) == PubsubMessage.ATTRIBUTES_FIELD_NUMBER) {
                    int end = in.pushLimit(in.readRawVarint32());
                    entry(in, attributes);
                    in.popLimit(end);
                } else {
                    in.skipField(tag);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a message is kept as bytes that are none", e);
        }
        return attributes;
    }

    private static void entry(CodedInputStream in, Map<String, String> attributes)
            throws IOException {
        String key = "";
        String value = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case ENTRY_KEY -> key = in.readStringRequireUtf8();
                case ENTRY_VALUE -> value = in.readStringRequireUtf8();
                default -> in.skipField(tag);
            }
        }
        attributes.put(key, value);
    }
}
