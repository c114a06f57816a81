package io.farandole.pubsub;

import io.grpc.Status;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The rules for names of projects and of what is in them. */
enum ResourceName {
    TOPIC("topics"),
    SUBSCRIPTION("subscriptions"),
    SNAPSHOT("snapshots"),
    SCHEMA("schemas");

    /** Ids, numbers, those of a domain, and what else emulators are commonly told. */
    private static final Pattern PROJECT_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");

    private static final String PROJECTS = "projects/";
    private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9._~+%-]{2,254}");
    private final String collection;

    ResourceName(String collection) {
        this.collection = collection;
    }

    Optional<Status> refuse(String name) {
        String[] parts = name.split("/", -1);
        if (parts.length != 4
                || !parts[0].equals("projects")
                || !PROJECT_ID.matcher(parts[1]).matches()
                || !parts[2].equals(collection)
                || !ID.matcher(parts[3]).matches()
                || parts[3].startsWith("goog")) {
            return Optional.of(
                    Status.INVALID_ARGUMENT.withDescription(
                            ("\"%s\" is no name of this kind: it has to be projects/PROJECT/%s/ID,"
                                            + " the ID a letter and then 2 to 254 letters, digits or -._~+%%,"
                                            + " and not begin with \"goog\".")
                                    .formatted(name, collection)));
        }
        return Optional.empty();
    }

    /** Acts on what has that name, or refuses: the name is none, or nothing has it. */
    <T> void find(
            String name,
            Function<String, Optional<T>> among,
            Reply<?> reply,
            Consumer<? super T> action) {
        refuse(name)
                .ifPresentOrElse(
                        reply::refused,
                        () ->
                                among.apply(name)
                                        .ifPresentOrElse(
                                                action, () -> reply.refused(missing(name))));
    }

    /** A name that nobody has, in the project of that other resource. */
    String randomBeside(String other) {
        String project = other.substring(0, other.indexOf('/', "projects/".length()));
        String kind = collection.substring(0, collection.length() - 1);
        return project + "/" + collection + "/" + kind + "-" + UUID.randomUUID();
    }

    static Optional<Status> refuseProject(String project) {
        return project.startsWith(PROJECTS)
                        && PROJECT_ID.matcher(project.substring(PROJECTS.length())).matches()
                ? Optional.empty()
                : Optional.of(
                        Status.INVALID_ARGUMENT.withDescription(
                                "\""
                                        + project
                                        + "\" is no project: it has to be projects/PROJECT."));
    }

    /** Whether the resource is in the project. */
    static boolean in(String project, String name) {
        return name.startsWith(project + "/");
    }

    Status missing(String name) {
        return Status.NOT_FOUND.withDescription("There is no " + name + ". Create it first.");
    }
}
