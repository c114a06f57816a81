package io.farandole.events;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The committed contracts as protoc understands them: each topic's one message. */
final class ProtobufContracts {

    private static final Path PROTO = Path.of("src", "main", "proto");
    private static final Path PROTOC = Path.of("target", "protoc", "protoc.exe");

    private final Map<String, Descriptor> messages = new HashMap<>();

    ProtobufContracts() throws IOException, InterruptedException, DescriptorValidationException {
        for (FileDescriptorProto file : compiled().getFileList()) {
            FileDescriptor contract = FileDescriptor.buildFrom(file, new FileDescriptor[0]);
            messages.put(
                    file.getName().replace(".proto", ""), contract.getMessageTypes().getFirst());
        }
    }

    @Nullable Descriptor find(Topic<?> topic) {
        return messages.get(topic.name());
    }

    Descriptor of(Topic<?> topic) {
        Descriptor message = find(topic);
        if (message == null) {
            throw new IllegalArgumentException("no contract for topic " + topic);
        }
        return message;
    }

    private static FileDescriptorSet compiled() throws IOException, InterruptedException {
        Path protoc = PROTOC.toAbsolutePath();
        if (!Files.isExecutable(protoc) && !protoc.toFile().setExecutable(true)) {
            throw new IllegalStateException(
                    "cannot run " + protoc + "; Maven's process-test-resources fetches it");
        }
        Path descriptors = Files.createTempFile(Path.of("target"), "contracts", ".desc");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                protoc.toString(),
                                "--proto_path=" + PROTO,
                                "--descriptor_set_out=" + descriptors));
        for (Topic<?> topic : TopicCatalogue.all()) {
            command.add(topic.name() + ".proto");
        }
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("protoc refused the contracts; it says above why");
        }
        try (InputStream set = Files.newInputStream(descriptors)) {
            return FileDescriptorSet.parseFrom(set);
        } finally {
            Files.delete(descriptors);
        }
    }
}
