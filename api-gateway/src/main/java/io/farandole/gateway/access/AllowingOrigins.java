package io.farandole.gateway.access;

import io.farandole.gateway.GatewaySettings;
import io.farandole.gateway.calls.CallId;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;

/** Which web pages may read answers: those of the origins that are named, and no other. */
@Configuration(proxyBeanMethods = false)
class AllowingOrigins {

    /** Before keys are asked for: a browser asks first whether it may send one. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    CorsWebFilter cors(GatewaySettings settings) {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(settings.access().origins());
        allowed.setAllowedMethods(List.of("GET", "POST"));
        allowed.setAllowedHeaders(
                List.of(
                        HttpHeaders.AUTHORIZATION,
                        Credentials.KEY_HEADER,
                        HttpHeaders.CONTENT_TYPE,
                        HttpHeaders.IF_NONE_MATCH,
                        "Last-Event-ID",
                        "Idempotency-Key",
                        "traceparent",
                        "ce-specversion",
                        "ce-id",
                        "ce-source",
                        "ce-type",
                        "ce-time"));
        allowed.setExposedHeaders(
                List.of(CallId.HEADER, HttpHeaders.RETRY_AFTER, HttpHeaders.ETAG));
        allowed.setAllowCredentials(false);
        allowed.setMaxAge(Duration.ofMinutes(30));
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/**", allowed);
        return new CorsWebFilter(source);
    }
}
