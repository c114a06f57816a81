package io.farandole.streams.relay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/**
 * The leases of one owner, as the database knows them; its clock alone decides when one is over.
 */
final class RelayLeases {

    private static final String TAKE =
            """
            insert into streams.relay_lease as lease (shard, owner, fence, expires_at)
            select wanted.shard, ?, 1, clock_timestamp() + ? * interval '1 millisecond'
            from unnest(?::smallint[]) wanted(shard)
            order by wanted.shard
            on conflict (shard) do update
              set owner = excluded.owner,
                  fence = lease.fence + case when lease.owner = excluded.owner then 0 else 1 end,
                  expires_at = excluded.expires_at
              where lease.owner = excluded.owner or lease.expires_at <= clock_timestamp()
            returning lease.shard, lease.fence
            """;

    private static final String GIVE_UP =
            """
            update streams.relay_lease set expires_at = clock_timestamp()
            where owner = ? and shard = any (?)
            """;

    private final DataSource database;
    private final String owner;
    private final Duration term;

    /**
     * @param owner unique, also among the relays that ever were: a restarted one is another one
     * @param term how long a lease is ours without being prolonged
     */
    RelayLeases(DataSource database, String owner, Duration term) {
        this.database = database;
        this.owner = owner;
        this.term = term;
    }

    String owner() {
        return owner;
    }

    Duration term() {
        return term;
    }

    /** Takes those that are free, prolongs those that are ours; says which are ours now. */
    List<Lease> take(Collection<Integer> shards) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setString(1, owner);
            take.setLong(2, term.toMillis());
            take.setArray(3, connection.createArrayOf("int2", shards.toArray()));
            try (ResultSet taken = take.executeQuery()) {
                List<Lease> leases = new ArrayList<>();
                while (taken.next()) {
                    leases.add(new Lease(taken.getInt("shard"), taken.getLong("fence")));
                }
                return leases;
            }
        }
    }

    /** Lets others have them at once. */
    void giveUp(Collection<Integer> shards) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement giveUp = connection.prepareStatement(GIVE_UP)) {
            giveUp.setString(1, owner);
            giveUp.setArray(2, connection.createArrayOf("int2", shards.toArray()));
            giveUp.executeUpdate();
        }
    }
}
