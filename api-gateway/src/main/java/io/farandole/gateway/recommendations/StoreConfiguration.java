package io.farandole.gateway.recommendations;

import io.farandole.gateway.GatewaySettings;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Duration;
import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How connections to Postgres behave. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    @Bean
    ConnectionFactoryOptionsBuilderCustomizer connections(GatewaySettings settings) {
        Duration longest =
                settings.listDeadline().compareTo(settings.popularDeadline()) > 0
                        ? settings.listDeadline()
                        : settings.popularDeadline();
        return options ->
                options.option(ConnectionFactoryOptions.CONNECT_TIMEOUT, Duration.ofSeconds(1))
                        .option(
                                PostgresqlConnectionFactoryProvider.APPLICATION_NAME,
                                "farandole-api")
                        .option(PostgresqlConnectionFactoryProvider.TCP_KEEPALIVE, true)
                        // What nobody waits for any more, Postgres need not finish either.
                        .option(PostgresqlConnectionFactoryProvider.STATEMENT_TIMEOUT, longest);
    }
}
