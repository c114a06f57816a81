package io.farandole.gateway.publishing;

/**
 * What waits for the broker: while it is away the client keeps what it was given and tries again;
 * so much, no more. The client's own bound leaks, for what it takes for a message of a key that has
 * failed it never gives back.
 */
final class Waiting {

    private final int mostMessages;
    private final long mostBytes;
    private int messages;
    private long bytes;

    Waiting(int mostMessages, long mostBytes) {
        this.mostMessages = mostMessages;
        this.mostBytes = mostBytes;
    }

    /** Whether there was a place for a message of so many bytes: it has it now. */
    synchronized boolean takesOn(int size) {
        if (messages >= mostMessages || bytes + size > mostBytes) {
            return false;
        }
        messages++;
        bytes += size;
        return true;
    }

    /** Gives such a message's place back. */
    synchronized void letsGo(int size) {
        messages--;
        bytes -= size;
    }
}
