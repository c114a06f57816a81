package io.farandole.orchestrator.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes, lists and revokes keys: table {@code access.api_key}. Several may be live for one name, so
 * that a new one is rolled out before the old one ends.
 *
 * <p>A key is {@code fk_<id>_<secret>}. The secret is 256 random bits, so one round of SHA-256
 * keeps it: what slow hashes are for, guessing, is hopeless already.
 */
public final class ApiKeys {

    private static final String PREFIX = "fk_";
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;
    private static final int LONGEST_NAME = 100;

    private static final String INSERT =
            "insert into access.api_key (id, name, roles, hash, expires_at) values (?, ?, ?, ?, ?)";
    private static final String LIST =
            """
            select id, name, roles, created_at, expires_at,
                   coalesce(expires_at > clock_timestamp(), true) as live
            from access.api_key
            order by created_at, id
            """;
    // Never later than it would have ended anyway.
    private static final String END =
            "update access.api_key set expires_at = least(expires_at, ?) where id = ?";

    private final JdbcClient database;
    private final SecureRandom random = new SecureRandom();

    public ApiKeys(JdbcClient database) {
        this.database = database;
    }

    /**
     * Makes a key and keeps its hash.
     *
     * @param name whose it is, for people
     * @param expires from when it lets nobody in; null when never
     * @throws IllegalArgumentException if the name is blank or too long, or there is no role
     */
    public IssuedKey issue(String name, Set<Role> roles, @Nullable Instant expires) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "the name must have 1 to " + LONGEST_NAME + " characters");
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("a key needs a role");
        }
        String id = HexFormat.of().formatHex(bytes(ID_BYTES));
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES));
        int _ =
                database.sql(INSERT)
                        .param(id)
                        .param(name)
                        .param(roles.stream().map(Role::text).sorted().toArray(String[]::new))
                        .param(hash(secret))
                        .param(expires == null ? null : time(expires))
                        .update();
        return new IssuedKey(id, PREFIX + id + "_" + secret, name, Set.copyOf(roles), expires);
    }

    /** All of them, the oldest first. */
    public List<KeyLine> list() {
        return database.sql(LIST).query((row, _) -> line(row)).list();
    }

    /**
     * Lets nobody in by this key from then on.
     *
     * @return false if there is no such key
     */
    public boolean end(String id, Instant at) {
        return database.sql(END).param(time(at)).param(id).update() > 0;
    }

    private static KeyLine line(ResultSet row) throws SQLException {
        OffsetDateTime expires = row.getObject("expires_at", OffsetDateTime.class);
        return new KeyLine(
                row.getString("id"),
                row.getString("name"),
                Arrays.stream((String[]) row.getArray("roles").getArray())
                        .map(Role::of)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class))),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                expires == null ? null : expires.toInstant(),
                row.getBoolean("live"));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(secret.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
