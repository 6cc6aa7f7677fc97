/* What SQLite needs of a system: time and randomness. There are no files of databases, only those
 * in memory. Included by main.c. */

#include <time.h>

static int no_file(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out)
{
    return SQLITE_CANTOPEN;
}

static int no_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    return SQLITE_IOERR_DELETE;
}

static int no_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
    *out = 0;
    return SQLITE_OK;
}

static int same_name(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

static int random_bytes(sqlite3_vfs *vfs, int size, char *out)
{
    return getentropy(out, (size_t)size) == 0 ? size : 0;
}

static int sleep_for(sqlite3_vfs *vfs, int microseconds)
{
    usleep((useconds_t)microseconds);
    return microseconds;
}

/* Milliseconds since noon of the day on which the Julian calendar begins to count. */
static int current_time(sqlite3_vfs *vfs, sqlite3_int64 *out)
{
    static const sqlite3_int64 epoch = 24405875 * (sqlite3_int64)8640000;
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    *out = epoch + (sqlite3_int64)now.tv_sec * 1000 + now.tv_nsec / 1000000;
    return SQLITE_OK;
}

static int last_error(sqlite3_vfs *vfs, int size, char *out)
{
    return 0;
}

static sqlite3_vfs sandbox = {
    .iVersion = 2,
    .szOsFile = sizeof(sqlite3_file),
    .mxPathname = 1024,
    .zName = "sandbox",
    .xOpen = no_file,
    .xDelete = no_delete,
    .xAccess = no_access,
    .xFullPathname = same_name,
    .xRandomness = random_bytes,
    .xSleep = sleep_for,
    .xGetLastError = last_error,
    .xCurrentTimeInt64 = current_time,
};

int sqlite3_os_init(void)
{
    return sqlite3_vfs_register(&sandbox, 1);
}

int sqlite3_os_end(void)
{
    return SQLITE_OK;
}
