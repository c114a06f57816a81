package io.farandole.orchestrator.provisioning;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.UnimplementedException;
import com.google.cloud.pubsub.v1.SchemaServiceClient;
import com.google.pubsub.v1.ProjectName;
import com.google.pubsub.v1.Schema;
import com.google.pubsub.v1.SchemaName;
import io.farandole.events.Topic;
import io.farandole.events.TopicCatalogue;
import io.farandole.events.contract.PublishedContract;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the generated contracts as the topics' schemas, so that the broker itself refuses what
 * does not fit. A server without a schema service is told apart from one that has it: there
 * ingestion refuses instead.
 */
final class RegisteringSchemas {

    private static final Logger LOG = LoggerFactory.getLogger(RegisteringSchemas.class);

    private final SchemaServiceClient schemas;
    private final String project;

    RegisteringSchemas(SchemaServiceClient schemas, String project) {
        this.schemas = schemas;
        this.project = project;
    }

    /**
     * Registers what is missing.
     *
     * @param differences gets a sentence for each schema that is there with another definition
     * @return whether the server has schemas; if so, every topic of the catalogue has one now
     */
    boolean register(List<String> created, List<String> differences) {
        try {
            List<String> mine = new ArrayList<>();
            for (Topic<?> topic : TopicCatalogue.all()) {
                register(topic, mine, differences);
            }
            created.addAll(mine);
            return true;
        } catch (UnimplementedException e) {
            LOG.info("The server has no schema service: ingestion refuses what does not fit");
            return false;
        }
    }

    SchemaName name(Topic<?> topic) {
        return SchemaName.of(project, PublishedContract.schemaOf(topic));
    }

    private void register(Topic<?> topic, List<String> created, List<String> differences) {
        String wanted = PublishedContract.of(topic);
        Schema there = find(topic);
        if (there == null && creates(topic, wanted)) {
            created.add("schema " + topic);
            return;
        }
        Schema now = there == null ? schemas.getSchema(name(topic)) : there;
        if (!now.getDefinition().equals(wanted)) {
            differences.add(
                    "schema "
                            + now.getName()
                            + " has another definition than the events'"
                            + " contract: commit a revision, or withdraw the change");
        }
    }

    private @Nullable Schema find(Topic<?> topic) {
        try {
            return schemas.getSchema(name(topic));
        } catch (NotFoundException e) {
            return null;
        }
    }

    private boolean creates(Topic<?> topic, String definition) {
        try {
            schemas.createSchema(
                    ProjectName.of(project),
                    Schema.newBuilder()
                            .setType(Schema.Type.PROTOCOL_BUFFER)
                            .setDefinition(definition)
                            .build(),
                    name(topic).getSchema());
            return true;
        } catch (AlreadyExistsException e) {
            return false;
        }
    }
}
