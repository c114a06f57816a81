package io.farandole.events;

/** What operators and the orchestrator ask for and notice. */
public sealed interface OperationEvent extends Event {

    /** A user's list is to be computed anew from what is known now. */
    record ListRefreshRequested(UserId user) implements OperationEvent {}
}
