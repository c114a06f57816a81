package io.farandole.pubsub;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.pubsub.v1.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * How the journal defines a snapshot: by the subscription whose unacknowledged messages it takes up
 * at that place of the journal, and by what clients are told of it.
 */
record SnapshotRecord(String subscription, Snapshot snapshot) {

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.writeStringNoTag(subscription);
            snapshot.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    static SnapshotRecord decode(byte[] bytes) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(bytes);
            return new SnapshotRecord(in.readString(), Snapshot.parseFrom(in));
        } catch (IOException e) {
            throw new IllegalStateException("the journal holds a snapshot that is none", e);
        }
    }
}
