package io.farandole.local.command;

import io.farandole.local.command.StatusDocument.Lag;
import io.farandole.local.console.Console;
import io.farandole.local.console.Table;
import io.farandole.local.inspecting.Room;
import io.farandole.local.running.RunningInstance;
import java.util.Optional;

/** A status in words. */
final class StatusWords {

    private StatusWords() {}

    static void tell(Console console, RunningInstance running, StatusDocument status) {
        console.say(
                "Process " + status.pid() + " in " + running.directory() + ": " + status.doing());
        console.say(
                "API port "
                        + running.ports().api()
                        + ", management "
                        + running.ports().management()
                        + ", Pub/Sub "
                        + running.ports().pubsub()
                        + ", Postgres "
                        + Optional.ofNullable(running.instance().postgresPort())
                                .map(port -> Integer.toString(port))
                                .orElse("not known yet"));
        console.say("Health " + status.health());
        status.unknown().forEach(what -> console.say("Cannot be asked: " + what));
        Table health = new Table("component", "status");
        status.components().forEach(health::row);
        console.say(health);
        Table lags =
                new Table(
                        "topic", "processor", "subscription", "behind", "waiting", "dead letters");
        for (Lag lag : status.lags()) {
            lags.row(
                    lag.topic(),
                    lag.processor(),
                    lag.subscription(),
                    lag.behind(),
                    lag.waiting(),
                    lag.deadLettered());
        }
        if (!status.lags().isEmpty()) {
            console.say(lags);
        }
        if (status.outbox() != null) {
            console.say("Outbox: " + status.outbox() + " events to publish");
        }
        status.openDeadLetters()
                .forEach(
                        (cause, count) -> console.say("Open dead letters: " + count + " " + cause));
        status.openDeadLettersOfOthers()
                .forEach(
                        (cause, count) ->
                                console.say(
                                        "Of generations that are not active: "
                                                + count
                                                + " "
                                                + cause));
        if (status.archive() != null) {
            console.say(status.archive().words());
        }
        Room room = new Room(status.room());
        if (!room.all().isEmpty()) {
            console.say(room.table());
        }
        room.nearlyFull()
                .forEach(
                        full ->
                                console.say(
                                        "The "
                                                + full.what()
                                                + " is nearly full: soon publishing is refused."
                                                + " Start again with more: farandole down,"
                                                + " farandole up "
                                                + full.setting()));
        console.say(
                "Database "
                        + Optional.ofNullable(status.sizes().databaseBytes())
                                .map(Room::megabytes)
                                .orElse("not known")
                        + ", whole directory "
                        + Room.megabytes(status.sizes().directoryBytes()));
    }
}
