package io.farandole.local;

import io.farandole.local.command.FarandoleCommand;

/** The farandole command. */
public final class Farandole {

    private Farandole() {}

    public static void main(String[] arguments) {
        System.exit(FarandoleCommand.line().execute(arguments));
    }
}
