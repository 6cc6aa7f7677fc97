/* The SQL guest: SQLite with a small host of ours around it.
 *
 * It is a WASI reactor. `init` opens a database in memory, after which the whole memory is taken
 * as a snapshot; a run starts from that snapshot and calls `turn`, which reads
 * /run/request.json. Before the program, `schema.sql` and `data.sql` are executed where they lie
 * beside it.
 */
#include "sqlite3.c"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXPORT(name) __attribute__((export_name(name), used))

static sqlite3 *database;
/* The run's arguments, which statements know as ?1, ?2 … */
static sqlite3_value **arguments;
static int argument_count;

#include "system.c"
#include "files.c"
#include "rows.c"
#include "script.c"
#include "csv.c"

/* Prepares one of our own statements about the request, which is its one parameter. */
static sqlite3_stmt *ask(const char *sql, const struct text *request)
{
    sqlite3_stmt *statement;

    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK)
        fail("%s", sqlite3_errmsg(database));
    sqlite3_bind_text(statement, 1, request->bytes, (int)request->length, SQLITE_STATIC);
    return statement;
}

static char *ask_text(const char *sql, const struct text *request)
{
    sqlite3_stmt *statement = ask(sql, request);
    char *text = NULL;

    if (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_type(statement, 0) != SQLITE_NULL)
        text = sqlite3_mprintf("%s", sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    return text;
}

static void read_arguments(const struct text *request)
{
    sqlite3_stmt *statement = ask("SELECT value FROM json_each(?1, '$.args')", request);

    while (sqlite3_step(statement) == SQLITE_ROW) {
        arguments = sqlite3_realloc64(arguments, sizeof(*arguments) * (argument_count + 1));
        arguments[argument_count++] = sqlite3_value_dup(sqlite3_column_value(statement, 0));
    }
    sqlite3_finalize(statement);
}

/* Looks for what can't be read as SQL at all; whether tables exist is known when it runs. */
static int check(const struct text *request)
{
    sqlite3_stmt *statement = ask("SELECT value FROM json_each(?1, '$.sources')", request);
    sqlite3_str *problems = sqlite3_str_new(database);
    int length;
    char *text;

    while (sqlite3_step(statement) == SQLITE_ROW)
        check_script((const char *)sqlite3_column_text(statement, 0), problems);
    sqlite3_finalize(statement);
    length = sqlite3_str_length(problems);
    text = sqlite3_str_finish(problems);
    if (length > 0)
        write_answer(text, (size_t)length);
    return 0;
}

/* The part of a path that ends with its last slash. */
static int folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? (int)(slash - path) + 1 : 0;
}

static void run_beside(const char *entry, const char *name)
{
    char *path = sqlite3_mprintf("%.*s%s", folder_length(entry), entry, name);

    if (strcmp(path, entry) != 0 && access(path, F_OK) == 0)
        run_script(path, 0);
    sqlite3_free(path);
}

EXPORT("init") void guest_init(void)
{
    if (sqlite3_open(":memory:", &database) != SQLITE_OK)
        _exit(1);
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
    /* The functions on JSON read the request; using them once leaves them ready. */
    sqlite3_exec(database, "SELECT value FROM json_each('[1]', '$')", NULL, NULL, NULL);
}

EXPORT("host_alloc") void *host_alloc(size_t length)
{
    return malloc(length ? length : 1);
}

/* Runs what /run/request.json asks for; the text that is passed is not needed. */
EXPORT("turn") int turn(const char *text, size_t length)
{
    struct text request;
    char *mode;
    char *entry;
    char *wanted;

    (void)text;
    (void)length;
    /* The snapshot's random numbers would be the same for every seed of a run. */
    sqlite3_randomness(0, NULL);
    if (chdir("/box") != 0 || read_file("/run/request.json", &request) != 0)
        _exit(1);
    mode = ask_text("SELECT ?1 ->> '$.mode'", &request);
    entry = ask_text("SELECT ?1 ->> '$.entry'", &request);
    wanted = ask_text("SELECT ?1 ->> '$.call.function'", &request);
    if (strcmp(mode, "check") == 0)
        return check(&request);
    read_arguments(&request);
    run_beside(entry, "schema.sql");
    run_beside(entry, "data.sql");
    run_script(entry, 0);
    if (wanted) {
        char *count = ask_text("SELECT json_array_length(?1, '$.call.args')", &request);
        if (strcmp(count, "0") != 0)
            fail("%s: a table takes no arguments", wanted);
        answer_rows(wanted);
    }
    return 0;
}
