package io.farandole.processors.deployment;

import io.farandole.processors.objects.ObjectStore;
import io.farandole.streams.Processor;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of deployment. */
@Configuration(proxyBeanMethods = false)
class DeploymentConfiguration {

    /** Made wherever a processor runs, before any does: others look up what is released. */
    @Bean(initMethod = "migrate")
    ReleaseSchema releaseSchema(DataSource database) {
        return new ReleaseSchema(database);
    }

    @Bean
    ReleaseTables releaseTables(DataSource database) {
        return new ReleaseTables(database);
    }

    @Bean
    Processor deployment(ObjectStore objects, ReleaseTables tables, DataSource database) {
        return Deployment.describe(new Releasing(objects, tables, new StagingLists(database)));
    }
}
