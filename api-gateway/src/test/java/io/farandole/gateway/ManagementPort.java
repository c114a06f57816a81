package io.farandole.gateway;

import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Learns the port on which the management server of a context listens. */
final class ManagementPort implements ApplicationListener<WebServerInitializedEvent> {

    private volatile int port;

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        if ("management".equals(event.getApplicationContext().getServerNamespace())) {
            port = event.getWebServer().getPort();
        }
    }

    int port() {
        return port;
    }
}
