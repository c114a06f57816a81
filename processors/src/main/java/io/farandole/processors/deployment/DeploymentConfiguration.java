package io.farandole.processors.deployment;

import io.farandole.processors.objects.ObjectStore;
import io.farandole.streams.Processor;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of deployment. */
@Configuration(proxyBeanMethods = false)
class DeploymentConfiguration {

    /** Made wherever a processor runs: others look up what is released. */
    @Bean
    ReleaseTables releaseTables(DataSource database) {
        ReleaseSchema.migrate(database);
        return new ReleaseTables(database);
    }

    @Bean
    Processor deployment(ObjectStore objects, ReleaseTables tables, DataSource database) {
        return Deployment.describe(new Releasing(objects, tables, new StagingLists(database)));
    }
}
