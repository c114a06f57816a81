package io.farandole.streams;

/** Tells what one message may be blamed for from what nobody can go on after. */
public final class MessageFault {

    private MessageFault() {}

    /**
     * Returns the failure, unless it is the machine's own, which is thrown on. A stack that a
     * message overflows is that message's, and so is an assertion or a class that is not there:
     * given back, it would block everything behind it for ever.
     */
    public static <T extends Throwable> T of(T failure) {
        if (failure instanceof VirtualMachineError machine
                && !(failure instanceof StackOverflowError)) {
            throw machine;
        }
        return failure;
    }
}
