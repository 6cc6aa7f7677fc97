WITH RECURSIVE
    turns(turn) AS (SELECT 1 UNION ALL SELECT turn + 1 FROM turns WHERE turn < 20000),
    words(word) AS (
        VALUES ('the'), ('quick'), ('brown'), ('fox'), ('jumps'), ('over'), ('the'), ('lazy'),
            ('dog'), ('and'), ('runs'), ('away'), ('from'), ('it')
    ),
    counts(word, count) AS (
        SELECT upper(substr(word, 2) || substr(word, 1, 1)) AS key, sum(length(word)) FROM turns, words GROUP BY key
    )
SELECT group_concat(pair) AS longest FROM (SELECT word || '=' || count AS pair FROM counts ORDER BY count DESC, word);
