package io.farandole.gateway.playlists;

import com.google.common.primitives.ImmutableDoubleArray;
import io.farandole.events.UserId;
import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.Skips;
import io.farandole.gateway.eligibility.Credit;
import io.farandole.gateway.items.ItemRow;
import io.farandole.gateway.store.Missing;
import io.farandole.gateway.store.Stage;
import io.farandole.gateway.store.Stages;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what is known of a user, with that user's own list, where it is asked for. What was read
 * before is kept, and taken again if the stamp of the rows is still the same: that alone is read
 * then, in each call.
 */
@Component
class ReadingUsers {

    // By itself, or each would be looked for again wherever it is named.
    private static final String SERVING =
            """
            (select (select g.id from streams.generation g
                     where g.processor = 'profile' and g.phase = 'ACTIVE') as profile,
                    (select g.id from streams.generation g
                     where g.processor = 'personalisation' and g.phase = 'ACTIVE') as lists,
                    (select s.xmin from deployment.serving_set s) as served
             offset 0) serving
            """;

    // Each part by itself: a user may have any of them without the others. Whoever writes a row
    // gives it another xmin, so that it tells of every change; the version would not, of a row that
    // was removed and came again.
    private static final String STAMPED =
            """
            format('%s.%s.%s.%s.%s.%s', serving.profile, serving.lists, serving.served,
              (select u.xmin from profile.users u
               where u.generation = serving.profile and u.key = :user),
              (select count(*) || ':'
                      || bit_xor(hashtextextended(h.key, h.xmin::text::bigint))
               from profile.items h
               where h.generation = serving.profile and h.key >= :from and h.key < :to),
              (select l.xmin from personalisation.lists l
               where l.generation = serving.lists and l.key = :user)) as stamp
            """;

    /** Whether what is at hand still counts. */
    static final String STAMP = "select " + STAMPED + "from " + SERVING;

    /** As the driver has it: in each call, names need not be looked for. */
    private static final String NUMBERED =
            STAMP.replace(":user", "$1").replace(":from", "$2").replace(":to", "$3");

    private static final String PROFILE =
            """
            (select jsonb_build_object(
                      'birthDate', u.value -> 'birthDate',
                      'movements', u.value -> 'movements',
                      'onboarding', u.value -> 'onboarding')::text
             from profile.users u
             where u.generation = serving.profile and u.key = :user
            ) as profile,
            (select jsonb_build_object(
                      'items', count(*),
                      -- What was looked at, or liked, no rule asks for.
                      'had', jsonb_agg(jsonb_build_object(
                               'item', h.value -> 'item',
                               'value', h.value -> 'value',
                               'bookings', h.value -> 'bookings'))
                             filter (where h.value ->> 'value' is not null
                                        or h.value -> 'bookings' <> '[]'))::text
             from profile.items h
             where h.generation = serving.profile
               and h.key >= :from and h.key < :to
            ) as past,
            """;

    static final String SELECT =
            "select "
                    + STAMPED
                    + ",\n"
                    + PROFILE
                    + """
                      (select jsonb_build_object(
                                'release', s.release,
                                'model', s.list -> 'model',
                                'version', s.list -> 'version',
                                'canary',
                                  (select tried.canary from deployment.serving_set tried),
                                'items', jsonb_path_query_array(s.list, '$.entries[*].item'),
                                'scores', jsonb_path_query_array(s.list, '$.entries[*].score'))::text
                       -- By itself, or the list would be taken out of its row again for each part.
                       from (select s.release, s.list from personalisation.served s
                             where s.key = :user offset 0) s
                      ) as list
                    from
                    """
                    + SERVING;

    private static final String WITHOUT_LIST =
            "select "
                    + PROFILE
                    + """
                      null::text as list
                      from (select (select g.id from streams.generation g
                                    where g.processor = 'profile' and g.phase = 'ACTIVE') as profile
                            offset 0) serving
                      """;

    private final DatabaseClient database;
    private final JsonMapper json;
    private final UsersAtHand atHand;
    private final Stage withList;
    private final Stage withoutList;

    ReadingUsers(
            DatabaseClient database,
            JsonMapper json,
            UsersAtHand atHand,
            GatewaySettings settings,
            Stages stages) {
        this.database = database;
        this.json = json;
        this.atHand = atHand;
        this.withList = stages.of("user with list", settings.listDeadline());
        this.withoutList = stages.needed("user");
    }

    /** With the list, if that can be had: lists may fail where profiles do not. */
    Mono<Known> of(UserId user, Skips skips) {
        return withList.hold(withList(user), skips, Mono.defer(() -> withoutList(user)));
    }

    /** All but the list. */
    Mono<Known> withoutList(UserId user) {
        return withoutList.hold(
                asked(WITHOUT_LIST, user)
                        .map(this::known)
                        .one()
                        .onErrorResume(Missing::isMissing, _ -> Mono.just(Known.NOTHING)));
    }

    private Mono<Known> withList(UserId user) {
        UsersAtHand.Stamped before = atHand.of(user);
        return (before == null
                        ? read(user)
                        : stamp(user)
                                .flatMap(
                                        stamp ->
                                                stamp.equals(before.stamp())
                                                        ? Mono.just(before.known())
                                                        : read(user)))
                // Before the processors' first start nobody is known.
                .onErrorResume(Missing::isMissing, _ -> Mono.just(Known.NOTHING));
    }

    private Mono<Known> read(UserId user) {
        return asked(SELECT, user)
                .map(row -> new UsersAtHand.Stamped(stampOf(row), known(row)))
                .one()
                .map(read -> atHand.keep(user, read));
    }

    private Mono<String> stamp(UserId user) {
        String escaped = escaped(user);
        return Mono.usingWhen(
                database.getConnectionFactory().create(),
                connection ->
                        Flux.from(
                                        connection
                                                .createStatement(NUMBERED)
                                                .bind(0, user.value())
                                                .bind(1, escaped + "|")
                                                .bind(2, escaped + "}")
                                                .execute())
                                .flatMap(result -> result.map(ReadingUsers::stampOf))
                                .single(),
                Connection::close);
    }

    private static String stampOf(Readable row) {
        return ItemRow.required(row, "stamp");
    }

    private DatabaseClient.GenericExecuteSpec asked(String sql, UserId user) {
        String escaped = escaped(user);
        return database.sql(sql)
                .bind("user", user.value())
                .bind("from", escaped + "|")
                .bind("to", escaped + "}");
    }

    /** As the profile writes it into its keys; behind "|" comes "}". */
    private static String escaped(UserId user) {
        return user.value().replace("%", "%25").replace("|", "%7C");
    }

    private Known known(Readable row) {
        JsonNode profile = tree(row, "profile");
        JsonNode list = tree(row, "list");
        Known.Past past = past(json.readTree(ItemRow.required(row, "past")));
        return new Known(
                profile != null || past.items() > 0 || list != null,
                profile != null && profile.hasNonNull("birthDate")
                        ? LocalDate.parse(profile.path("birthDate").asString())
                        : null,
                profile == null
                        ? List.of()
                        : all(profile.path("movements")).map(ReadingUsers::movement).toList(),
                profile == null
                        ? List.of()
                        : all(profile.path("onboarding")).map(JsonNode::asString).toList(),
                past,
                list == null ? null : list(list));
    }

    private static Credit.Movement movement(JsonNode node) {
        return new Credit.Movement(
                Instant.parse(node.path("told").path(0).asString()),
                node.path("cents").asInt(),
                node.hasNonNull("expires") ? Instant.parse(node.path("expires").asString()) : null);
    }

    private static Known.Past past(JsonNode node) {
        Set<String> over = new HashSet<>();
        List<Known.Spent> spent = new ArrayList<>();
        for (JsonNode had : node.path("had")) {
            String item = had.path("item").asString();
            List<JsonNode> bookings =
                    all(had.path("bookings"))
                            .filter(
                                    booking ->
                                            !booking.path("state").asString().equals("CANCELLED"))
                            .toList();
            if (had.hasNonNull("value") || !bookings.isEmpty()) {
                over.add(item);
            }
            long cents =
                    bookings.stream()
                            .mapToLong(booking -> booking.path("priceCents").asLong(0))
                            .sum();
            if (cents != 0) {
                spent.add(new Known.Spent(item, cents));
            }
        }
        return new Known.Past(node.path("items").asInt(), Set.copyOf(over), List.copyOf(spent));
    }

    private static Known.OwnList list(JsonNode node) {
        return new Known.OwnList(
                node.path("release").asString(),
                node.hasNonNull("model") ? node.path("model").asString() : null,
                node.path("version").asInt(),
                node.hasNonNull("canary") ? node.path("canary").asString() : null,
                all(node.path("items")).map(JsonNode::asString).toList(),
                ImmutableDoubleArray.copyOf(
                        all(node.path("scores")).mapToDouble(JsonNode::asDouble)));
    }

    private static Stream<JsonNode> all(JsonNode array) {
        return array.valueStream();
    }

    private @Nullable JsonNode tree(Readable row, String column) {
        String text = row.get(column, String.class);
        return text == null ? null : json.readTree(text);
    }
}
