package io.farandole.local.inspecting;

import static org.assertj.core.api.Assertions.assertThat;

import io.farandole.local.running.DataDirectory;
import io.farandole.postgres.DurablePostgres;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesIT {

    private static final int USERS = 500;

    /** As much of it as is asked. */
    private static final List<String> SCHEMA =
            List.of(
                    "create schema streams",
                    "create schema personalisation",
                    "create table streams.generation (id int, phase text)",
                    "insert into streams.generation values (1, 'ACTIVE')",
                    """
                    create table personalisation.lists (
                      generation int, key text collate "C" primary key, value jsonb
                    )
                    """,
                    """
                    create view personalisation.served as
                    select key from personalisation.lists where value is not null
                    """);

    @TempDir private Path path;

    @Test
    void namesSomeUserWithAListAndMostlyAnotherOne() {
        DataDirectory directory = DataDirectory.fresh(path);
        try (DurablePostgres _ = DurablePostgres.in(directory.postgres()).start();
                Tables tables = Tables.in(directory)) {
            for (String statement : SCHEMA) {
                tables.client().sql(statement).update();
            }
            assertThat(tables.someUserWithList()).isEmpty();

            for (String prefix : List.of("", "user-")) {
                tables.client().sql("truncate personalisation.lists").update();
                tables.client()
                        .sql(
                                "insert into personalisation.lists select 1, ? || n, '{}'"
                                        + " from generate_series(1, ?) n")
                        .params(prefix, USERS)
                        .update();
                Set<String> named = new HashSet<>();
                for (int asked = 0; asked < 100; asked++) {
                    named.add(tables.someUserWithList().orElseThrow());
                }
                assertThat(named).as("after " + prefix).hasSizeGreaterThan(25);
            }

            tables.client()
                    .sql("update personalisation.lists set value = null where key <> 'user-7'")
                    .update();
            for (int asked = 0; asked < 20; asked++) {
                assertThat(tables.someUserWithList()).isEqualTo(Optional.of("user-7"));
            }
        }
    }
}
