package io.farandole.gateway.playlists;

import io.farandole.events.UserId;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.Skips;
import io.farandole.gateway.eligibility.Credit;
import io.farandole.gateway.store.Missing;
import io.farandole.gateway.store.Stage;
import io.farandole.gateway.store.Stages;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what is known of a user, in one select; with that user's own list, where it is asked for.
 */
@Component
class ReadingUsers {

    // Each part by itself: a user may have any of them without the others.
    private static final String PROFILE =
            """
            with profile as materialized (
              select g.id as generation from streams.generation g
              where g.processor = 'profile' and g.phase = 'ACTIVE'
            )
            select (select jsonb_build_object(
                             'birthDate', u.value -> 'birthDate',
                             'movements', u.value -> 'movements',
                             'onboarding', u.value -> 'onboarding')::text
                    from profile.users u
                    where u.generation = (select generation from profile) and u.key = :user
                   ) as profile,
                   (select jsonb_agg(jsonb_build_object(
                             'item', h.value -> 'item',
                             'value', h.value -> 'value',
                             'bookings', h.value -> 'bookings'))::text
                    from profile.items h
                    where h.generation = (select generation from profile)
                      and h.key >= :from and h.key < :to
                   ) as had,
            """;

    static final String SELECT =
            PROFILE
                    + """
                      (select jsonb_build_object(
                                'release', s.release,
                                'model', s.list -> 'model',
                                'version', s.list -> 'version',
                                'items', jsonb_path_query_array(s.list, '$.entries[*].item'),
                                'scores', jsonb_path_query_array(s.list, '$.entries[*].score'))::text
                       -- By itself, or the list would be taken out of its row again for each part.
                       from (select s.release, s.list from personalisation.served s
                             where s.key = :user offset 0) s
                      ) as list
                    """;

    private static final String WITHOUT_LIST = PROFILE + "null::text as list\n";

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Stage withList;
    private final Stage withoutList;

    ReadingUsers(
            DatabaseClient database, JsonMapper json, GatewaySettings settings, Stages stages) {
        this.database = database;
        this.json = json;
        this.withList = stages.of("user with list", settings.listDeadline());
        this.withoutList = stages.needed("user");
    }

    /** With the list, if that can be had: lists may fail where profiles do not. */
    Mono<Known> of(UserId user, Skips skips) {
        return withList.hold(read(SELECT, user), skips, Mono.defer(() -> withoutList(user)));
    }

    /** All but the list. */
    Mono<Known> withoutList(UserId user) {
        return withoutList.hold(read(WITHOUT_LIST, user));
    }

    private Mono<Known> read(String sql, UserId user) {
        // As the profile writes its keys; behind "|" comes "}".
        String escaped = user.value().replace("%", "%25").replace("|", "%7C");
        return database.sql(sql)
                .bind("user", user.value())
                .bind("from", escaped + "|")
                .bind("to", escaped + "}")
                .map(this::known)
                .one()
                // Before the processors' first start nobody is known.
                .onErrorResume(Missing::isMissing, _ -> Mono.just(Known.NOTHING));
    }

    private Known known(Readable row) {
        JsonNode profile = tree(row, "profile");
        JsonNode had = tree(row, "had");
        JsonNode list = tree(row, "list");
        return new Known(
                profile != null || had != null || list != null,
                profile != null && profile.hasNonNull("birthDate")
                        ? LocalDate.parse(profile.path("birthDate").asString())
                        : null,
                profile == null
                        ? List.of()
                        : all(profile.path("movements")).map(ReadingUsers::movement).toList(),
                profile == null
                        ? List.of()
                        : all(profile.path("onboarding")).map(JsonNode::asString).toList(),
                had == null ? List.of() : all(had).map(ReadingUsers::had).toList(),
                list == null ? null : list(list));
    }

    private static Credit.Movement movement(JsonNode node) {
        return new Credit.Movement(
                Instant.parse(node.path("told").path(0).asString()),
                node.path("cents").asInt(),
                node.hasNonNull("expires") ? Instant.parse(node.path("expires").asString()) : null);
    }

    private static Known.Had had(JsonNode node) {
        List<JsonNode> bookings =
                all(node.path("bookings"))
                        .filter(booking -> !booking.path("state").asString().equals("CANCELLED"))
                        .toList();
        return new Known.Had(
                node.path("item").asString(),
                node.hasNonNull("value") || !bookings.isEmpty(),
                bookings.stream().mapToLong(booking -> booking.path("priceCents").asLong(0)).sum());
    }

    private static Known.OwnList list(JsonNode node) {
        return new Known.OwnList(
                node.path("release").asString(),
                node.hasNonNull("model") ? node.path("model").asString() : null,
                node.path("version").asInt(),
                all(node.path("items")).map(JsonNode::asString).toList(),
                all(node.path("scores")).map(JsonNode::asDouble).toList());
    }

    private static Stream<JsonNode> all(JsonNode array) {
        return array.valueStream();
    }

    private @Nullable JsonNode tree(Readable row, String column) {
        String text = row.get(column, String.class);
        return text == null ? null : json.readTree(text);
    }
}
