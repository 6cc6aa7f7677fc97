<?php
function place($row, &$columns, &$left, &$right, $size) {
    if ($row == $size) return 1;
    $found = 0;
    for ($column = 0; $column < $size; $column++) {
        $a = $row + $column;
        $b = $row - $column + $size;
        if ($columns[$column] || $left[$a] || $right[$b]) continue;
        $columns[$column] = $left[$a] = $right[$b] = true;
        $found += place($row + 1, $columns, $left, $right, $size);
        $columns[$column] = $left[$a] = $right[$b] = false;
    }
    return $found;
}

$size = 10;
$columns = array_fill(0, $size, false);
$left = array_fill(0, 2 * $size, false);
$right = array_fill(0, 2 * $size, false);
echo place(0, $columns, $left, $right, $size), "\n";
