/* Tables from CSV, as RFC 4180 describes it. Included by main.c. */

/* Reads a field and moves on behind it and what ends it; 0 after the last of its line. An empty
 * field without quotes is null. */
static int next_field(char **text, char **field)
{
    char *from = *text;
    char *to = from;
    int is_quoted = *from == '"';

    *field = from;
    if (is_quoted) {
        *field = to = ++from;
        while (*from && (*from != '"' || from[1] == '"')) {
            from += *from == '"';
            *to++ = *from++;
        }
        from += *from == '"';
    } else {
        from = to = from + strcspn(from, ",\r\n");
    }
    int has_more = *from == ',';
    if (has_more) {
        from++;
    } else {
        from += *from == '\r';
        from += *from == '\n';
    }
    *text = from;
    *to = 0;
    if (!is_quoted && to == *field)
        *field = NULL;
    return has_more;
}

static void import_failed(const char *place, const char *path)
{
    fail("%s: %s: %s", place, path, sqlite3_errmsg(database));
}

/* `(?1, ?2 …)`-like lists: one text for each of a number of columns. */
static void append_columns(sqlite3_str *sql, char **names, int count, const char *after)
{
    for (int i = 0; i < count; i++)
        sqlite3_str_appendf(sql, "%s\"%w\"%s", i ? ", " : "", names[i] ? names[i] : "", after);
}

/* Adds the lines of a file to a table, which is made if it is not there. The first line names the
 * columns. */
static void import_csv(const char *place, char *path, char *table)
{
    struct text file;
    char *names[200];
    char *at;
    int count = 0;
    int has_more = 1;
    sqlite3_str *sql = sqlite3_str_new(database);
    sqlite3_stmt *insert;

    if (read_file(path, &file) != 0)
        fail("%s: there is no file %s", place, path);
    at = file.bytes + (strncmp(file.bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0);
    while (has_more && count < 200)
        has_more = next_field(&at, &names[count++]);
    if (has_more)
        fail("%s: %s has more than 200 columns", place, path);
    /* Numbers become numbers, all else stays text. */
    sqlite3_str_appendf(sql, "CREATE TABLE IF NOT EXISTS \"%w\" (", table);
    append_columns(sql, names, count, " NUMERIC");
    sqlite3_str_appendf(sql, ")");
    if (sqlite3_exec(database, sqlite3_str_value(sql), NULL, NULL, NULL) != SQLITE_OK)
        import_failed(place, path);
    sqlite3_str_reset(sql);
    sqlite3_str_appendf(sql, "INSERT INTO \"%w\" (", table);
    append_columns(sql, names, count, "");
    sqlite3_str_appendf(sql, ") VALUES (?");
    for (int i = 1; i < count; i++)
        sqlite3_str_appendf(sql, ", ?");
    sqlite3_str_appendf(sql, ")");
    if (sqlite3_prepare_v2(database, sqlite3_str_value(sql), -1, &insert, NULL) != SQLITE_OK)
        import_failed(place, path);
    while (*at) {
        has_more = 1;
        sqlite3_reset(insert);
        sqlite3_clear_bindings(insert);
        for (int i = 1; has_more; i++) {
            char *field;
            has_more = next_field(&at, &field);
            if (i > count)
                fail("%s: %s has a line with more than %d fields", place, path, count);
            if (field)
                sqlite3_bind_text(insert, i, field, -1, SQLITE_STATIC);
        }
        if (sqlite3_step(insert) != SQLITE_DONE)
            import_failed(place, path);
    }
    sqlite3_finalize(insert);
    sqlite3_str_reset(sql);
    free(file.bytes);
}
