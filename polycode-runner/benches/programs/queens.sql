WITH RECURSIVE
    fields(bit) AS (SELECT 1 UNION ALL SELECT bit << 1 FROM fields WHERE bit < 1 << 9),
    places(queens, columns, left, right) AS (
        SELECT 0, 0, 0, 0
        UNION ALL
        SELECT queens + 1, columns | bit, (left | bit) << 1, (right | bit) >> 1
        FROM places JOIN fields ON (columns | left | right) & bit = 0
        WHERE queens < 10
    )
SELECT count(*) AS found FROM places WHERE queens = 10;
