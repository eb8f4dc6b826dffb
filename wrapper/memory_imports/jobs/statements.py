"""What the journal says to SQLite."""

VERSION = 3

TABLES = (
    """
    CREATE TABLE IF NOT EXISTS jobs (
        key TEXT PRIMARY KEY,
        store_id TEXT NOT NULL,
        files TEXT NOT NULL,
        parts INTEGER NOT NULL,
        rows INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        began REAL NOT NULL
    )
    """,
    """
    CREATE TABLE IF NOT EXISTS parts (
        job TEXT NOT NULL,
        part INTEGER NOT NULL,
        stage TEXT NOT NULL,
        import_id TEXT,
        state TEXT,
        errors INTEGER,
        warnings INTEGER,
        at REAL NOT NULL,
        PRIMARY KEY (job, part)
    )
    """,
    # What each part of a job sends, in short.
    """
    CREATE TABLE IF NOT EXISTS digests (
        job TEXT NOT NULL,
        part INTEGER NOT NULL,
        digest TEXT NOT NULL,
        PRIMARY KEY (job, part)
    )
    """,
    "CREATE INDEX IF NOT EXISTS digests_by_digest ON digests (digest)",
    # The imports of a part that were made and got no file.
    """
    CREATE TABLE IF NOT EXISTS abandoned (
        job TEXT NOT NULL,
        part INTEGER NOT NULL,
        import_id TEXT NOT NULL,
        PRIMARY KEY (job, part, import_id)
    )
    """,
)
BEGIN = "INSERT OR IGNORE INTO jobs (key, store_id, files, parts, rows, bytes, began) VALUES (?, ?, ?, ?, ?, ?, ?)"
BEGIN_PART = "INSERT OR IGNORE INTO digests (job, part, digest) VALUES (?, ?, ?)"
ABANDON = "INSERT OR IGNORE INTO abandoned (job, part, import_id) VALUES (?, ?, ?)"
# A line that is replaced gets a new row: rows are in the order of writing, which no clock can turn back.
WRITE = (
    "INSERT OR REPLACE INTO parts (job, part, stage, import_id, state, errors, warnings, at)"
    " VALUES (:key, :part, :stage, :import_id, :state, :errors, :warnings, :at)"
)
DROP = "DELETE FROM parts WHERE job = :key AND part = :part"
ENTRIES = "SELECT part, stage, import_id, state, errors, warnings, at FROM parts WHERE job = ? ORDER BY part"
ABANDONED = "SELECT part, import_id FROM abandoned WHERE job = ? ORDER BY rowid"
IMPORTS = "SELECT import_id FROM parts WHERE import_id IS NOT NULL"
_IN_STORE = "(state = 'COMPLETED' OR stage IN ('uploading', 'uploaded'))"
# What a job that was forgotten has sent is a part of its store.
OVERTAKEN = (
    "SELECT 1 FROM parts LEFT JOIN jobs ON jobs.key = parts.job"  # noqa: S608 - all of it is written here
    " WHERE coalesce(jobs.store_id, parts.job) = :store_id AND parts.job <> :key"
    " AND parts.rowid > (SELECT max(rowid) FROM parts WHERE job = :key)"
    f" AND {_IN_STORE} LIMIT 1"
)
SENT = (
    "SELECT import_id, parts.at FROM digests"  # noqa: S608 - the same
    " JOIN parts ON parts.job = digests.job AND parts.part = digests.part JOIN jobs ON jobs.key = digests.job"
    " WHERE jobs.store_id = :store_id AND digests.job <> :key AND digest = :digest"
    f" AND {_IN_STORE} ORDER BY parts.rowid DESC LIMIT 1"
)
STANDINGS = (
    "SELECT jobs.key, store_id, files, jobs.parts, rows, bytes, began, coalesce(max(parts.at), began),"
    " coalesce(sum(state = 'COMPLETED'), 0), coalesce(sum(state = 'FAILED'), 0)"
    " FROM jobs LEFT JOIN parts ON parts.job = jobs.key GROUP BY jobs.key ORDER BY began"
)
FINISHED = (
    "SELECT jobs.key FROM jobs JOIN parts ON parts.job = jobs.key WHERE jobs.key <> ? GROUP BY jobs.key"
    " HAVING sum(state = 'COMPLETED') = jobs.parts AND max(parts.at) < ?"
)
# The last that it sent, under a number that nobody else has: its row, which keeps its place.
_KEEP = (
    "UPDATE parts SET job = (SELECT store_id FROM jobs WHERE key = :key), part = rowid"  # noqa: S608 - the same
    " WHERE rowid = (SELECT max(parts.rowid) FROM parts JOIN jobs ON jobs.key = parts.job"
    f" WHERE job = :key AND {_IN_STORE})"
)
CLEAR = (
    _KEEP,
    "DELETE FROM parts WHERE job = :key",
    "DELETE FROM digests WHERE job = :key",
    "DELETE FROM abandoned WHERE job = :key",
    "DELETE FROM jobs WHERE key = :key",
)
TIDY = "DELETE FROM parts WHERE job NOT IN (SELECT key FROM jobs) AND at < ?"
