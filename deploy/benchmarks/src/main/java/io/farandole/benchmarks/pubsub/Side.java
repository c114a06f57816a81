package io.farandole.benchmarks.pubsub;

/** A server with its client. */
record Side(Server server, Client client) implements AutoCloseable {

    static Side of(Server server) {
        return new Side(server, new Client(server.endpoint()));
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
