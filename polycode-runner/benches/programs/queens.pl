use strict;
use warnings;

my $size = 10;
my (@columns, @left, @right);

sub place {
    my ($row) = @_;
    return 1 if $row == $size;
    my $found = 0;
    for my $column (0 .. $size - 1) {
        my ($a, $b) = ($row + $column, $row - $column + $size);
        next if $columns[$column] || $left[$a] || $right[$b];
        $columns[$column] = $left[$a] = $right[$b] = 1;
        $found += place($row + 1);
        $columns[$column] = $left[$a] = $right[$b] = 0;
    }
    return $found;
}

print place(0), "\n";
