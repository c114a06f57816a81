package io.farandole.gateway.impressions;

import io.farandole.gateway.GatewayApplication;
import java.io.File;
import org.springframework.boot.web.server.context.WebServerPortFileWriter;

/** The gateway in a process of its own, that can be killed; it writes its port into a file. */
public final class GatewayProcess {

    private GatewayProcess() {}

    /** The file, then settings. */
    public static void main(String[] arguments) {
        String[] settings = new String[arguments.length - 1];
        System.arraycopy(arguments, 1, settings, 0, settings.length);
        GatewayApplication.builder()
                .listeners(new WebServerPortFileWriter(new File(arguments[0])))
                .run(settings);
    }
}
