package io.farandole.orchestrator.provisioning;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.ResourceExhaustedException;
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
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the generated contracts as the topics' schemas, so that the broker itself refuses what
 * does not fit. A contract that has grown becomes a further revision; one that is older than what
 * is registered, as while instances are replaced one by one, leaves it alone. A server without a
 * schema service is told apart from one that has it: there ingestion refuses instead.
 */
final class RegisteringSchemas {

    private static final Logger LOG = LoggerFactory.getLogger(RegisteringSchemas.class);

    private final SchemaServiceClient schemas;
    private final String project;
    private final Function<Topic<?>, String> contracts;

    RegisteringSchemas(SchemaServiceClient schemas, String project) {
        this(schemas, project, PublishedContract::of);
    }

    RegisteringSchemas(
            SchemaServiceClient schemas, String project, Function<Topic<?>, String> contracts) {
        this.schemas = schemas;
        this.project = project;
        this.contracts = contracts;
    }

    /**
     * Registers what is missing, and revises what has grown since.
     *
     * @param differences gets a sentence for each schema whose definition goes with ours neither as
     *     an earlier one nor as a later one
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
        String wanted = contracts.apply(topic);
        Schema there = find(topic);
        if (there == null && creates(topic, wanted)) {
            created.add("schema " + topic);
            return;
        }
        Schema now = there == null ? schemas.getSchema(name(topic)) : there;
        if (!now.getDefinition().equals(wanted)) {
            compare(topic, now, wanted, created, differences);
        }
    }

    private void compare(
            Topic<?> topic,
            Schema there,
            String wanted,
            List<String> created,
            List<String> differences) {
        ContractText ours = ContractText.of(wanted).orElseThrow();
        Optional<ContractText> theirs = ContractText.of(there);
        if (theirs.isEmpty()) {
            differences.add(
                    "schema " + there.getName() + " has a definition that is no events' contract");
            return;
        }
        List<String> breaks = theirs.get().brokenBy(ours);
        boolean older = ours.brokenBy(theirs.get()).isEmpty();
        if (breaks.isEmpty() && older) {
            LOG.info("{} says what the events' contract says, in other words", there.getName());
        } else if (breaks.isEmpty()) {
            revise(topic, wanted, created, differences);
        } else if (older) {
            LOG.info(
                    "{} is later than the events' contract here, and goes with it: revision {} stays",
                    there.getName(),
                    there.getRevisionId());
        } else {
            differences.add(
                    "schema "
                            + there.getName()
                            + " has another definition than the events'"
                            + " contract, which cannot follow it: "
                            + String.join(", ", breaks));
        }
    }

    /**
     * Two orchestrators that start in the same moment may both do it: the same text once more,
     * which the next one finds.
     */
    private void revise(
            Topic<?> topic, String wanted, List<String> created, List<String> differences) {
        SchemaName name = name(topic);
        try {
            Schema revision =
                    schemas.commitSchema(
                            name,
                            Schema.newBuilder()
                                    .setName(name.toString())
                                    .setType(Schema.Type.PROTOCOL_BUFFER)
                                    .setDefinition(wanted)
                                    .build());
            created.add("revision of schema " + topic);
            LOG.info(
                    "{} is behind the events' contract: committed revision {}",
                    name,
                    revision.getRevisionId());
        } catch (InvalidArgumentException
                | FailedPreconditionException
                | ResourceExhaustedException e) {
            differences.add(refused(name, e));
        }
    }

    private static String refused(SchemaName name, ApiException e) {
        return "schema "
                + name
                + " is behind the events' contract, and the broker takes no revision: "
                + e.getMessage();
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
