package io.farandole.gateway.store;

import io.farandole.gateway.GatewaySettings;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How connections to Postgres behave. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    // Answers are read by key, every one. Statistics lag behind tables that were just filled, and a
    // plan that was made while a table was empty, and kept, would read it whole for ever.
    // One plan does for all values then; Postgres would make another for each call, which takes
    // longer than what is planned.
    private static final Map<String, String> BY_KEY =
            Map.of(
                    "enable_seqscan",
                    "off",
                    // Of a few rows it costs more than it saves.
                    "enable_bitmapscan",
                    "off",
                    "enable_hashjoin",
                    "off",
                    "enable_mergejoin",
                    "off",
                    "plan_cache_mode",
                    "force_generic_plan",
                    // What may not be scanned looks so dear that Postgres would compile each plan
                    // that has to all the same.
                    "jit",
                    "off");

    @Bean
    ConnectionFactoryOptionsBuilderCustomizer connections(GatewaySettings settings) {
        Duration longest =
                Collections.max(List.of(settings.listDeadline(), settings.popularDeadline()));
        return options ->
                options.option(ConnectionFactoryOptions.CONNECT_TIMEOUT, Duration.ofSeconds(1))
                        .option(
                                PostgresqlConnectionFactoryProvider.APPLICATION_NAME,
                                "farandole-api")
                        .option(PostgresqlConnectionFactoryProvider.TCP_KEEPALIVE, true)
                        // What nobody waits for any more, Postgres need not finish either: until it
                        // has, its
                        // connection is of no use to anybody.
                        .option(PostgresqlConnectionFactoryProvider.STATEMENT_TIMEOUT, longest)
                        .option(PostgresqlConnectionFactoryProvider.OPTIONS, BY_KEY);
    }
}
