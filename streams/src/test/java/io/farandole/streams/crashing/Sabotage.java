package io.farandole.streams.crashing;

import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.spring.pubsub.support.SubscriberFactory;
import io.farandole.streams.judging.Judge;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** What a streams library could have been built without. */
public enum Sabotage {
    NONE,
    /** Every claim is won, also one of what was heard before. */
    NO_INBOX,
    /** What does not exist yet is not made before it is locked, and so it is not locked. */
    NO_ROW_BEFORE_THE_LOCK,
    /** Messages are acknowledged as they come. */
    ACKNOWLEDGING_FIRST,
    /** Whoever wants a shard has it, and goes on after somebody else took it. */
    NO_FENCE,
    /** Of what waits to be published, the last goes first. */
    NO_ORDER,
    /** Generations are switched while batches are under way. */
    NO_PHASE_LOCK,
    /** What one generation has heard and the other has not is not noted when they are switched. */
    NOTHING_OWED,
    /** A batch of the archive is committed, and where it ended is only remembered. */
    POSITION_APART,
    /** Nobody ever asked to be forgotten. */
    NO_TOMBSTONES;

    private static final Pattern CLAIM =
            Pattern.compile(
                    "(insert into streams\\.inbox_g.*?)on conflict do nothing(\\s+returning event_id)",
                    Pattern.DOTALL);
    private static final Pattern NEW_ROWS =
            Pattern.compile(
                    "insert into \"\\w+\"\\.\\S+ \\(generation, key, version\\)\\s+select \\d+, wanted\\.key, 0"
                            + " from (unnest\\(\\?::text\\[\\]\\) wanted\\(key\\))\\s+on conflict do nothing");
    private static final Pattern LOCK =
            Pattern.compile(
                    "select wanted\\.key, held\\.version, held\\.value(\\s+from unnest\\(\\?::text\\[\\]\\) wanted\\(key\\)\\s+)"
                            + "cross join (lateral \\(\\s*select value, version from \\S+\\s+where key = wanted\\.key for update\\) held)");
    private static final Pattern CHANGED_ROWS =
            Pattern.compile(
                    "update (\"\\w+\"\\.\"\\w+_g(\\d+)\") row set value = written\\.value::jsonb,"
                            + " version = row\\.version \\+ 1\\s+from (unnest\\(.*?\\) written\\(key, version, value\\))"
                            + "\\s+where row\\.key = written\\.key and row\\.version = written\\.version");
    private static final Pattern FREE =
            Pattern.compile(
                    "where lease\\.owner = excluded\\.owner or lease\\.expires_at <= clock_timestamp\\(\\)");
    private static final Pattern FENCED =
            Pattern.compile("and lease\\.owner = \\? and lease\\.fence = held\\.fence");

    private static final Pattern IN_ORDER =
            Pattern.compile("where said\\.before < \\?\\s+order by said\\.id");

    private static final Pattern ALONE = Pattern.compile("pg_advisory_xact_lock\\(\\?, \\?\\)$");
    private static final Pattern OWED = Pattern.compile("(from done d\\s+where )(not exists)");
    private static final Pattern POSITION =
            Pattern.compile(
                    "set position = \\?(, first = .*? and topic = \\? and )position = \\?",
                    Pattern.DOTALL);
    private static final Pattern ERASED =
            Pattern.compile(
                    "streams\\.tombstone (t on t\\.key = d\\.ordering_key|where key = any \\(\\?\\))");

    /**
     * Who promises to see it, where two instances run, or a generation is built and switched to.
     */
    public Set<Judge> seenBy() {
        return switch (this) {
            case NONE -> Set.of();
            case NO_INBOX, ACKNOWLEDGING_FIRST -> Set.of(Judge.STATE, Judge.LEDGER, Judge.SAID);
            case NO_ROW_BEFORE_THE_LOCK -> Set.of(Judge.STATE);
            case NO_FENCE, NO_PHASE_LOCK, NOTHING_OWED -> Set.of(Judge.SAID);
            case POSITION_APART, NO_TOMBSTONES -> Set.of(Judge.STATE, Judge.LEDGER);
            case NO_ORDER -> Set.of(Judge.ORDER);
        };
    }

    /** The same database, which is told other statements. */
    public CrashingDatabase of(DataSource database) {
        return CrashingDatabase.told(this::instead, database);
    }

    boolean rewrites() {
        return this != NONE && this != ACKNOWLEDGING_FIRST;
    }

    private String instead(String sql) {
        return switch (this) {
            case NONE, ACKNOWLEDGING_FIRST -> sql;
            case NO_INBOX ->
                    CLAIM.matcher(sql)
                            .replaceAll(
                                    "$1on conflict (event_id) do update set published_hour ="
                                            + " excluded.published_hour$2");
            case NO_ROW_BEFORE_THE_LOCK -> withoutNewRows(sql);
            case NO_FENCE ->
                    FENCED.matcher(FREE.matcher(sql).replaceAll("where true"))
                            .replaceAll("and ? <> '' and held.fence > 0");
            case NO_ORDER ->
                    IN_ORDER.matcher(sql).replaceAll("where said.before < ? order by said.id desc");
            case NO_PHASE_LOCK -> ALONE.matcher(sql).replaceAll("?::int + ?::int");
            case NOTHING_OWED -> OWED.matcher(sql).replaceAll("$1false and $2");
            case POSITION_APART ->
                    POSITION.matcher(sql)
                            .replaceAll("set position = position + 0 * ?$1position >= 0 * ?");
            case NO_TOMBSTONES -> ERASED.matcher(sql).replaceAll("streams.tombstone $1 and false");
        };
    }

    private static String withoutNewRows(String sql) {
        String unmade = NEW_ROWS.matcher(sql).replaceAll("select from $1 where false");
        String read =
                LOCK.matcher(unmade)
                        .replaceAll(
                                "select wanted.key, coalesce(held.version, 0), held.value$1left join $2 on true");
        return CHANGED_ROWS
                .matcher(read)
                .replaceAll(
                        "insert into $1 (generation, key, version, value)"
                                + " select $2, written.key, 1, written.value::jsonb from $3"
                                + " order by written.key on conflict (key) do update"
                                + " set value = excluded.value");
    }

    /** The same subscribers, whose messages are acknowledged at another time. */
    SubscriberFactory of(SubscriberFactory subscribers) {
        if (this != ACKNOWLEDGING_FIRST) {
            return subscribers;
        }
        return (SubscriberFactory)
                Proxy.newProxyInstance(
                        Sabotage.class.getClassLoader(),
                        new Class<?>[] {SubscriberFactory.class},
                        (_, method, arguments) -> {
                            for (int i = 0; arguments != null && i < arguments.length; i++) {
                                if (arguments[i] instanceof MessageReceiver receiver) {
                                    arguments[i] = first(receiver);
                                }
                            }
                            try {
                                return method.invoke(subscribers, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private static MessageReceiver first(MessageReceiver receiver) {
        return (message, reply) -> {
            reply.ack();
            receiver.receiveMessage(message, DONE);
        };
    }

    private static final AckReplyConsumer DONE =
            new AckReplyConsumer() {
                @Override
                public void ack() {
                    // it was acknowledged long ago
                }

                @Override
                public void nack() {
                    // too late
                }
            };
}
