package io.farandole.benchmarks.pubsub;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** What the machine itself does: forcing to disk, and loopback. */
public final class Limits {

    private static final int BLOCK = 4 << 10;
    private static final int CHUNK = 64 << 10;

    private Limits() {}

    /** How often a second four kilobytes can be appended to a file and forced to disk. */
    public static double forcesPerSecond(Path directory, int times) throws IOException {
        try (FileChannel file = FileChannel.open(directory.resolve("limit"), CREATE, WRITE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
            long start = System.nanoTime();
            for (int i = 0; i < times; i++) {
                block.clear();
                while (block.hasRemaining()) {
                    file.write(block);
                }
                file.force(false);
            }
            return times / ((System.nanoTime() - start) / 1e9);
        }
    }

    /** Bytes a second from one thread to another over loopback. */
    static double loopbackBytesPerSecond(long bytes) throws IOException, InterruptedException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                Socket out = new Socket(listening.getInetAddress(), listening.getLocalPort());
                Socket in = listening.accept()) {
            long start = System.nanoTime();
            Thread sender = Thread.ofPlatform().start(() -> send(out, bytes));
            long left = bytes;
            byte[] chunk = new byte[CHUNK];
            InputStream stream = in.getInputStream();
            while (left > 0) {
                int read = stream.read(chunk);
                if (read < 0) {
                    throw new IOException("loopback was cut");
                }
                left -= read;
            }
            sender.join();
            return bytes / ((System.nanoTime() - start) / 1e9);
        }
    }

    private static void send(Socket socket, long bytes) {
        try {
            byte[] chunk = new byte[CHUNK];
            OutputStream stream = socket.getOutputStream();
            for (long left = bytes; left > 0; left -= chunk.length) {
                stream.write(chunk, 0, (int) Math.min(chunk.length, left));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
