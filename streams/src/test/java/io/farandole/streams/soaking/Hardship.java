package io.farandole.streams.soaking;

/** What happens to a fleet, to its database and to its broker. */
enum Hardship {
    /** An instance is killed and replaced. */
    INSTANCE_KILLED,
    /** An instance stands still, some of its leases and terms run out, and it goes on. */
    INSTANCE_FROZEN,
    /** An instance is stopped under load and replaced by one of the other version. */
    INSTANCE_ROLLED,
    /** An instance of a version whose stores have another shape is started, and refuses to run. */
    MISFIT_STARTED,
    /** Postgres ends every session. */
    SESSIONS_ENDED,
    /** Postgres ends as in a power cut, and comes back. */
    POSTGRES_KILLED,
    /** Every row that is to be written meets a full disk (SQLSTATE 53100), for a while. */
    DISK_FULL,
    /** The broker answers nothing, for a while. */
    BROKER_FROZEN,
    /** The broker ends, and comes back with what it journaled. */
    BROKER_RESTARTED
}
