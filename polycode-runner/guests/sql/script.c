/* Scripts: statements one after the other, and the few commands that start with a dot.
 * Included by main.c. */

/* Scripts that read each other in a circle stop here. */
#define MAX_DEPTH 20

static void import_csv(const char *place, char *path, char *table);

/* A statement or a command in the text of a script. */
struct piece {
    char *start;
    size_t length;
    int is_command;
};

/* The length of white space and comments at the start of a text. */
static size_t blank_length(const char *text)
{
    const char *at = text;

    for (;;) {
        if (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n' || *at == ';') {
            at++;
        } else if (at[0] == '-' && at[1] == '-') {
            at += strcspn(at, "\n");
        } else if (at[0] == '/' && at[1] == '*') {
            const char *end = strstr(at + 2, "*/");
            at = end ? end + 2 : at + strlen(at);
        } else {
            return (size_t)(at - text);
        }
    }
}

/* The next piece of a text, which moves on behind it; 0 at the end. */
static int next_piece(char **text, struct piece *out)
{
    char *start = *text + blank_length(*text);
    char *end = start;

    if (*start == 0)
        return 0;
    out->start = start;
    out->is_command = *start == '.';
    if (out->is_command) {
        end += strcspn(start, "\r\n");
    } else {
        int is_complete = 0;
        while (!is_complete && (end = strchr(end, ';')) != NULL) {
            char after = *++end;
            *end = 0;
            is_complete = sqlite3_complete(start);
            *end = after;
        }
        if (!end)
            end = start + strlen(start);
    }
    out->length = (size_t)(end - start);
    *text = end;
    return 1;
}

/* `name.sql:3:7`, the place of a byte in a script. */
static char *place_of(const char *name, const char *text, const char *at)
{
    int line = 1;
    int column = 1;

    for (; text < at; text++) {
        if (*text == '\n') {
            line++;
            column = 1;
        } else if ((*text & 0xC0) != 0x80) {
            column++;
        }
    }
    return sqlite3_mprintf("%s:%d:%d", name, line, column);
}

/* The place of the database's last error. */
static char *error_place(const char *name, const char *text, const struct piece *piece)
{
    int offset = sqlite3_error_offset(database);

    return place_of(name, text, piece->start + (offset > 0 ? offset : 0));
}

static void load_script(const char *place, const char *name, struct text *out)
{
    if (read_file(name, out) != 0)
        fail("%s%sthere is no file %s", place ? place : "", place ? ": " : "", name);
    if (strlen(out->bytes) != out->length)
        fail("%s: a script holds no byte of zero", name);
}

/* Executes one statement; its rows go to standard output. */
static void run_statement(const char *name, const char *text, const struct piece *piece)
{
    sqlite3_stmt *statement;
    int result;

    if (sqlite3_prepare_v2(database, piece->start, (int)piece->length, &statement, NULL) == SQLITE_OK) {
        for (int i = 0; i < argument_count && i < sqlite3_bind_parameter_count(statement); i++)
            sqlite3_bind_value(statement, i + 1, arguments[i]);
        if (sqlite3_column_count(statement) > 0)
            print_header(statement);
        while ((result = sqlite3_step(statement)) == SQLITE_ROW)
            print_row(statement);
        if (result == SQLITE_DONE) {
            sqlite3_finalize(statement);
            return;
        }
    }
    fail("%s: %s", error_place(name, text, piece), sqlite3_errmsg(database));
}

static void run_script(const char *name, int depth);

/* `.read FILE` and `.import FILE TABLE`. */
static void run_command(const char *place, char *line, int depth)
{
    char *word = strtok(line, " \t");
    char *first = strtok(NULL, " \t");
    char *second = strtok(NULL, " \t");
    int is_whole = strtok(NULL, " \t") == NULL;

    if (strcmp(word, ".read") == 0 && first && !second && is_whole) {
        if (depth == MAX_DEPTH)
            fail("%s: scripts read each other without end", place);
        if (access(first, F_OK) != 0)
            fail("%s: there is no file %s", place, first);
        run_script(first, depth + 1);
    } else if (strcmp(word, ".import") == 0 && second && is_whole) {
        import_csv(place, first, second);
    } else {
        fail("%s: the commands are `.read FILE` and `.import FILE TABLE`", place);
    }
}

static void run_script(const char *name, int depth)
{
    struct text script;
    struct piece piece;
    char *text;

    load_script(NULL, name, &script);
    text = script.bytes;
    while (next_piece(&text, &piece)) {
        if (piece.is_command) {
            char *line = sqlite3_mprintf("%.*s", (int)piece.length, piece.start);
            run_command(place_of(name, script.bytes, piece.start), line, depth);
            sqlite3_free(line);
        } else {
            run_statement(name, script.bytes, &piece);
        }
    }
    free(script.bytes);
}

/* Whether the last error says that a text is no SQL, whatever tables there are. */
static int is_no_sql(void)
{
    static const char *const signs[] = {
        "syntax error", "incomplete input", "unrecognized token", "stack overflow", "too large",
    };
    const char *message = sqlite3_errmsg(database);

    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        if (strstr(message, signs[i]))
            return 1;
    }
    return 0;
}

static void check_script(const char *name, sqlite3_str *problems)
{
    struct text script;
    struct piece piece;
    char *text;

    load_script(NULL, name, &script);
    text = script.bytes;
    while (next_piece(&text, &piece)) {
        sqlite3_stmt *statement;
        if (piece.is_command)
            continue;
        if (sqlite3_prepare_v2(database, piece.start, (int)piece.length, &statement, NULL) != SQLITE_OK
            && is_no_sql()) {
            char *place = error_place(name, script.bytes, &piece);
            sqlite3_str_appendf(problems, "%s: %s\n", place, sqlite3_errmsg(database));
            sqlite3_free(place);
        }
        sqlite3_finalize(statement);
    }
    free(script.bytes);
}
