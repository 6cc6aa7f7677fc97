use strict;
use warnings;

my %counts;
my $text = "the quick brown fox jumps over the lazy dog and runs away from it";
for my $turn (1 .. 20_000) {
    for my $word (split ' ', $text) {
        my $key = uc reverse $word;
        $counts{$key} += length $key;
    }
}
my @longest = sort { $counts{$b} <=> $counts{$a} || $a cmp $b } keys %counts;
print join(',', map { "$_=$counts{$_}" } @longest), "\n";
