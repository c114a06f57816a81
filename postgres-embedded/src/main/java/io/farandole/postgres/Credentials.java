package io.farandole.postgres;

/** A role and its password; the password is only ever printed by whoever asks for it by name. */
public record Credentials(String user, String password) {

    @Override
    public String toString() {
        return user + ":***";
    }
}
