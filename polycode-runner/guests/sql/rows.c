/* Rows as lines of text, and as JSON. Included by main.c. */

/* A value as it is shown: as SQLite makes text of it, what is null by that name, bytes as SQL. */
static void append_value(sqlite3_str *line, sqlite3_stmt *statement, int i)
{
    const unsigned char *bytes;

    switch (sqlite3_column_type(statement, i)) {
    case SQLITE_NULL:
        sqlite3_str_appendall(line, "NULL");
        break;
    case SQLITE_BLOB:
        bytes = sqlite3_column_blob(statement, i);
        sqlite3_str_appendall(line, "x'");
        for (int n = 0; n < sqlite3_column_bytes(statement, i); n++)
            sqlite3_str_appendf(line, "%02x", bytes[n]);
        sqlite3_str_appendall(line, "'");
        break;
    default:
        sqlite3_str_append(line, (const char *)sqlite3_column_text(statement, i),
                           sqlite3_column_bytes(statement, i));
    }
}

static void print_line(sqlite3_str *line)
{
    char *text;

    sqlite3_str_appendchar(line, 1, '\n');
    text = sqlite3_str_value(line);
    if (!text)
        fail("out of memory");
    write_all(1, text, (size_t)sqlite3_str_length(line));
    sqlite3_free(sqlite3_str_finish(line));
}

static void print_header(sqlite3_stmt *statement)
{
    sqlite3_str *line = sqlite3_str_new(database);

    for (int i = 0; i < sqlite3_column_count(statement); i++)
        sqlite3_str_appendf(line, "%s%s", i ? "|" : "", sqlite3_column_name(statement, i));
    print_line(line);
}

static void print_row(sqlite3_stmt *statement)
{
    sqlite3_str *line = sqlite3_str_new(database);

    for (int i = 0; i < sqlite3_column_count(statement); i++) {
        if (i)
            sqlite3_str_appendchar(line, 1, '|');
        append_value(line, statement, i);
    }
    print_line(line);
}

/* The rows of a table or a view go into the answer, as a list of objects. */
static void answer_rows(const char *table)
{
    sqlite3_str *sql = sqlite3_str_new(database);
    sqlite3_stmt *statement;
    char *text = sqlite3_mprintf("SELECT name FROM pragma_table_info(%Q) ORDER BY cid", table);
    int count = 0;

    if (sqlite3_prepare_v2(database, text, -1, &statement, NULL) != SQLITE_OK)
        fail("%s: %s", table, sqlite3_errmsg(database));
    sqlite3_str_appendall(sql, "SELECT json_group_array(json_object(");
    for (; sqlite3_step(statement) == SQLITE_ROW; count++) {
        const char *name = (const char *)sqlite3_column_text(statement, 0);
        sqlite3_str_appendf(sql, "%s%Q, \"%w\"", count ? ", " : "", name, name);
    }
    sqlite3_finalize(statement);
    sqlite3_free(text);
    if (count == 0)
        fail("there is no table or view named '%s'", table);
    sqlite3_str_appendf(sql, ")) FROM \"%w\"", table);
    if (sqlite3_prepare_v2(database, sqlite3_str_value(sql), -1, &statement, NULL) != SQLITE_OK
        || sqlite3_step(statement) != SQLITE_ROW)
        fail("%s: %s", table, sqlite3_errmsg(database));
    write_answer((const char *)sqlite3_column_text(statement, 0),
                 (size_t)sqlite3_column_bytes(statement, 0));
    sqlite3_finalize(statement);
}
