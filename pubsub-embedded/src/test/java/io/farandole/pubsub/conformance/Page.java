package io.farandole.pubsub.conformance;

/** Pages of the public documentation. */
enum Page {
    RPC("reference/rpc/google.pubsub.v1"),
    BASICS("pubsub-basics"),
    QUOTAS("quotas"),
    ERRORS("reference/error-codes"),
    TOPICS("topics"),
    TOPIC_PROPERTIES("topic-properties"),
    PUBLISHER("publisher"),
    SUBSCRIBER("subscriber"),
    SUBSCRIPTION_PROPERTIES("subscription-properties"),
    PULL("pull"),
    LEASES("lease-management"),
    FLOW_CONTROL("flow-control-messages"),
    ORDERING("ordering"),
    RETRIES("handling-failures"),
    RETRY_POLICY("subscription-retry-policy"),
    DEAD_LETTERS("dead-letter-topics"),
    FILTERS("subscription-message-filter"),
    EXACTLY_ONCE("exactly-once-delivery"),
    REPLAY("replay-overview"),
    DETACH("detach-subscriptions"),
    PUSH("push"),
    UNWRAPPING("payload-unwrapping"),
    SCHEMAS("schemas"),
    CREATE_SCHEMA("create-schema"),
    COMMIT_SCHEMA("commit-schema-revision"),
    ASSOCIATE_SCHEMA("associate-schema-topic"),
    ACCESS_CONTROL("access-control"),
    TRANSFORMS("smts/smts-overview"),
    BIGQUERY("bigquery"),
    CLOUD_STORAGE("cloudstorage"),
    OVERVIEW("overview");

    private final String path;

    Page(String path) {
        this.path = path;
    }

    String url() {
        return "https://cloud.google.com/pubsub/docs/" + path;
    }
}
