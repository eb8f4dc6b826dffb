"""What the journal says to SQLite."""

VERSION = 2

TABLES = (
    """
    CREATE TABLE jobs (
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
    CREATE TABLE parts (
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
)
BEGIN = "INSERT OR IGNORE INTO jobs (key, store_id, files, parts, rows, bytes, began) VALUES (?, ?, ?, ?, ?, ?, ?)"
# A line that is replaced gets a new row: rows are in the order of writing, which no clock can turn back.
WRITE = (
    "INSERT OR REPLACE INTO parts (job, part, stage, import_id, state, errors, warnings, at)"
    " VALUES (:key, :part, :stage, :import_id, :state, :errors, :warnings, :at)"
)
DROP = "DELETE FROM parts WHERE job = :key AND part = :part"
ENTRIES = "SELECT part, stage, import_id, state, errors, warnings, at FROM parts WHERE job = ? ORDER BY part"
OVERTAKEN = (
    "SELECT 1 FROM parts JOIN jobs ON jobs.key = parts.job"
    " WHERE jobs.store_id = :store_id AND parts.job <> :key"
    " AND parts.rowid > (SELECT max(rowid) FROM parts WHERE job = :key)"
    " AND (parts.state = 'COMPLETED' OR parts.stage IN ('uploading', 'uploaded')) LIMIT 1"
)
STANDINGS = (
    "SELECT jobs.key, store_id, files, jobs.parts, rows, bytes, began, coalesce(max(parts.at), began),"
    " coalesce(sum(state = 'COMPLETED'), 0), coalesce(sum(state = 'FAILED'), 0)"
    " FROM jobs LEFT JOIN parts ON parts.job = jobs.key GROUP BY jobs.key ORDER BY began"
)
FINISHED = (
    "SELECT jobs.key FROM jobs JOIN parts ON parts.job = jobs.key GROUP BY jobs.key"
    " HAVING sum(state = 'COMPLETED') = jobs.parts AND max(parts.at) < ?"
)
FORGET = ("DELETE FROM parts WHERE job = ?", "DELETE FROM jobs WHERE key = ?")
