<?php
$counts = [];
$text = "the quick brown fox jumps over the lazy dog and runs away from it";
for ($turn = 0; $turn < 40000; $turn++) {
    foreach (explode(" ", $text) as $word) {
        $key = strtoupper(strrev($word));
        $counts[$key] = ($counts[$key] ?? 0) + strlen($key);
    }
}
$words = array_keys($counts);
usort($words, fn($a, $b) => $counts[$b] <=> $counts[$a] ?: strcmp($a, $b));
echo implode(",", array_map(fn($word) => "$word={$counts[$word]}", $words)), "\n";
