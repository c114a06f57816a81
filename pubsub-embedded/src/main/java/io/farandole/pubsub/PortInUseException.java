package io.farandole.pubsub;

/** The port that the server was to listen on is taken. */
public final class PortInUseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int port;

    PortInUseException(int port, Throwable cause) {
        super(
                ("Port %d on 127.0.0.1 is taken by another process (perhaps a server of an earlier run). "
                                + "Stop that process, or choose another port.")
                        .formatted(port),
                cause);
        this.port = port;
    }

    public int port() {
        return port;
    }
}
