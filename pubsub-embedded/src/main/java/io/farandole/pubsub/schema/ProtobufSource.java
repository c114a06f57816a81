package io.farandole.pubsub.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.squareup.wire.schema.CoreLoader;
import com.squareup.wire.schema.ErrorCollector;
import com.squareup.wire.schema.Field;
import com.squareup.wire.schema.Linker;
import com.squareup.wire.schema.Loader;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.MessageType;
import com.squareup.wire.schema.ProtoFile;
import com.squareup.wire.schema.Schema;
import com.squareup.wire.schema.Type;
import com.squareup.wire.schema.internal.SchemaEncoder;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The text of a .proto file, read with Wire's parser, linker and encoder; Protobuf's own compiler
 * is a native program.
 */
final class ProtobufSource {

    private static final String FILE = "schema.proto";
    private static final String OPTIONS = "google/protobuf/descriptor.proto";
    private static final String OPTIONS_TEXT = options();
    private static final Pattern PLACE = Pattern.compile("\\(?schema\\.proto:(\\d+):(\\d+)\\)?");

    private ProtobufSource() {}

    /** The one message that the text defines. */
    static Descriptor messageIn(String text) throws InvalidDefinitionException {
        try {
            ProtoFileElement source = ProtoParser.Companion.parse(Location.get(FILE), text);
            if (!source.getImports().isEmpty()
                    || !source.getPublicImports().isEmpty()
                    || !source.getWeakImports().isEmpty()) {
                throw new InvalidDefinitionException(
                        "The definition has an import, which schemas cannot have: write what it needs"
                                + " inside the message.");
            }
            FileDescriptor file = build(source);
            if (file.getMessageTypes().size() != 1 || !file.getEnumTypes().isEmpty()) {
                throw new InvalidDefinitionException(
                        "The definition has %d messages and %d enums at the top, and has to have one message alone: put the others inside it."
                                .formatted(
                                        file.getMessageTypes().size(), file.getEnumTypes().size()));
            }
            return file.getMessageTypes().getFirst();
        } catch (DescriptorValidationException | InvalidProtocolBufferException e) {
            throw refused(e);
        } catch (StackOverflowError e) {
            throw new InvalidDefinitionException("The definition is nested too deeply.", e);
        } catch (RuntimeException e) {
            // what the parser and the linker throw is of no common type
            throw refused(e);
        }
    }

    private static FileDescriptor build(ProtoFileElement source)
            throws DescriptorValidationException, InvalidProtocolBufferException {
        Schema schema =
                new Linker(new OptionsAlone(), new ErrorCollector(), true, true)
                        .link(List.of(ProtoFile.Companion.get(source)));
        ProtoFile linked = Objects.requireNonNull(schema.protoFile(FILE));
        FileDescriptorProto.Builder file =
                FileDescriptorProto.parseFrom(
                        new SchemaEncoder(schema).encode(linked).toByteArray())
                        .toBuilder();
        setJsonNames(file.getMessageTypeBuilderList(), linked.getTypes());
        return FileDescriptor.buildFrom(file.build(), new FileDescriptor[0]);
    }

    /** The encoder leaves out json_name, which decides how a message is written in JSON. */
    private static void setJsonNames(List<DescriptorProto.Builder> messages, List<Type> types) {
        for (Type type : types) {
            if (type instanceof MessageType of) {
                for (DescriptorProto.Builder message : messages) {
                    if (message.getName().equals(of.getType().getSimpleName())) {
                        setJsonNames(message, of);
                    }
                }
            }
        }
    }

    private static void setJsonNames(DescriptorProto.Builder message, MessageType type) {
        for (Field field : type.getFieldsAndOneOfFields()) {
            String name = field.getDeclaredJsonName();
            if (name != null) {
                for (FieldDescriptorProto.Builder one : message.getFieldBuilderList()) {
                    if (one.getNumber() == field.getTag()) {
                        one.setJsonName(name);
                    }
                }
            }
        }
        setJsonNames(message.getNestedTypeBuilderList(), type.getNestedTypes());
    }

    private static InvalidDefinitionException refused(Exception thrown) {
        String said =
                PLACE.matcher(AvroDefinition.said(thrown).replaceAll("\\s*\\n\\s*", ", "))
                        .replaceAll("line $1, column $2");
        return new InvalidDefinitionException(
                "The definition is no Protocol Buffer schema: " + said, thrown);
    }

    private static String options() {
        try (InputStream in =
                Objects.requireNonNull(ProtobufSource.class.getResourceAsStream("options.proto"))) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** There are no imports; what the linker asks for is what may stand in options. */
    private static final class OptionsAlone implements Loader {

        @Override
        public ProtoFile load(String path) {
            return path.equals(OPTIONS)
                    ? ProtoFile.Companion.get(
                            ProtoParser.Companion.parse(Location.get(OPTIONS), OPTIONS_TEXT))
                    : CoreLoader.INSTANCE.load(path);
        }

        @Override
        public Loader withErrors(ErrorCollector errors) {
            return this;
        }
    }
}
