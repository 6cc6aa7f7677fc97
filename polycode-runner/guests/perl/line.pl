# The line between tests and the program that they test, as `line.py` is for Python: values, calls and
# exceptions as JSON.

package Polycode::Line;

use strict;
use warnings;
no warnings qw(experimental::builtin recursion);
use Scalar::Util qw(blessed refaddr reftype);

my $JSON = JSON::PP->new->utf8->allow_nonref->max_depth(1_000)->boolean_values(!!0, !!1);
my $DEEP = 100;
my $SAFE = 2**53;

# What the other side knows by a number, and the number of each; and what it has given.
my (@known, %numbers, %theirs);
my ($heard, $told);

# Values.

sub encode {
    my ($value, $depth) = (@_, 0);
    return undef if !defined $value;
    if (!ref $value) {
        return $value if builtin::is_bool($value);
        return text($value) if builtin::created_as_string($value);
        return { float => $value != $value ? 'nan' : $value > 0 ? 'inf' : '-inf' } if $value != $value || abs($value) == 9**9**9;
        return abs($value) >= $SAFE && $value == int $value ? { int => sprintf '%.0f', $value } : $value;
    }
    return { yours => $theirs{ refaddr $value } } if exists $theirs{ refaddr $value };
    if (!blessed $value && $depth < $DEEP) {
        return [map { encode($_, $depth + 1) } @$value] if ref $value eq 'ARRAY';
        return { map => [map { [text($_), encode($value->{$_}, $depth + 1)] } sort keys %$value] } if ref $value eq 'HASH';
    }
    return reference($value);
}

sub text {
    my ($text) = @_;
    my $is_bytes = $text =~ /[\x80-\xff]/ && $text !~ /[^\x00-\xff]/;
    # What a program without `use utf8` writes is the bytes of a text.
    return $text if !$is_bytes;
    my $decoded = $text;
    return utf8::decode($decoded) ? $decoded : $text;
}

# A number that stands for a value.
sub number_of {
    my ($value) = @_;
    return $numbers{ refaddr $value } //= push @known, $value;
}

sub reference {
    my ($value) = @_;
    my %told = (ref => number_of($value), kind => 'object', name => blessed $value // ref $value);
    if (blessed $value && ref $value eq 'Polycode::Class') {
        @told{qw(kind name)} = (is_thrown($$value) ? 'error' : 'class', $$value);
        $told{bases} = [(map { error_class($_) } ancestors($$value)), 'Exception'] if $told{kind} eq 'error';
    }
    elsif (reftype $value eq 'CODE') {
        my $name = Sub::Util::subname($value) // 'sub';
        @told{qw(kind name)} = ('function', $name =~ s/.*:://r);
    }
    return \%told;
}

# A package, always the same value for one.
my %classes;
sub class_of { return $classes{ $_[0] } //= bless \(my $name = $_[0]), 'Polycode::Class' }

sub decode {
    my ($held) = @_;
    return [map { decode($_) } @$held] if ref $held eq 'ARRAY';
    return $held if ref $held ne 'HASH';
    return remote($held) if exists $held->{ref};
    my ($name, $inner) = %$held;
    return
          $name eq 'yours'                            ? $known[$inner - 1]
        : $name eq 'map' || $name eq 'pairs'          ? { map { (decode($_->[0]), decode($_->[1])) } @$inner }
        : $name eq 'float'                            ? ($inner eq 'nan' ? 9**9**9 / 9**9**9 : $inner eq '-0' ? -0.0 : $inner eq 'inf' ? 9**9**9 : -9**9**9)
        : $name eq 'int'                              ? 0 + $inner
        : $name eq 'bytes'                            ? pack('H*', $inner)
        : $name eq 'undefined'                        ? undef
        :                                               decode($inner);
}

# An exception as the other side is told of it.
sub described {
    my ($error) = @_;
    return { yours => $error->{number} } if ref $error eq 'Polycode::Theirs';
    push @known, $error;
    my %told = (of => scalar @known);
    if (ref $error eq 'Polycode::Refusal') {
        return { %told, class => $error->{class}, args => [$error->{words}], text => $error->{words} };
    }
    my $words = eval { blessed $error && $error->can('message') ? $error->message : "$error" } // 'an exception that has no words';
    if (!ref $error) {
        $told{at} = $1 if $words =~ s/ at (?:\/box\/)?([^\n]*?) line (\d+)(?:, <[^>\n]*> \w+ \d+)?\.\n\z// and $1 !~ /polycode_tested/;
        $told{at} .= ":$2" if $told{at};
        return { %told, class => 'Exception', args => [text($words)], text => text($words) };
    }
    return { %told, thrown => encode($error), class => 'Error', args => [], text => text($words) } if !blessed $error;
    my $class = ref $error;
    $told{at} = "$error->{file}:$error->{line}" if reftype $error eq 'HASH' && $error->{file} && $error->{line};
    my $bases = [(map { error_class($_) } ancestors($class)), 'Exception'];
    return { %told, class => { %{ error_class($class) }, bases => $bases }, args => [text($words)], text => text($words), name => $class };
}

sub error_class {
    my ($class) = @_;
    return { ref => number_of(class_of($class)), kind => 'error', name => $class };
}

# Whether the objects of a package are thrown: any could be, and it says so by what it has.
sub is_thrown {
    my ($class) = @_;
    return $class->can('throw') || $class->can('message') || $class =~ /(?:Error|Exception)\z/;
}

sub ancestors {
    my ($class, %seen) = @_;
    no strict 'refs';
    return map { $seen{$_}++ ? () : ($_, ancestors($_)) } @{"${class}::ISA"};
}

# The line.

sub tell_other {
    my ($message) = @_;
    local ($\, $,, $@);
    print {$told} $JSON->encode($message), "\n";
}

sub receive {
    local $@;
    local $/ = "\n";
    my $line = <$heard>;
    return defined $line ? $JSON->decode($line) : undef;
}

# What the other side answers; raises what it raised.
sub ask {
    my ($message) = @_;
    tell_other($message);
    while (my $answer = receive()) {
        die exception($answer->{raised}) if exists $answer->{raised};
        return $answer if !exists $answer->{do};
        serve($answer);
    }
    die "the program ended before the test did\n";
}

# The value of an answer.
sub value { return decode(ask(@_)->{value}) }

# There is none where tests are only listed.
sub open_line {
    open $heard, '<:raw', '/dev/line' or die "the line: $!\n";
    open $told, '>>:raw', '/dev/line' or die "the line: $!\n";
    $told->autoflush(1);
}

sub serve {
    my ($request) = @_;
    local $@;
    my $answer = eval { perform($request) };
    $answer = { raised => described($@) } if !$answer;
    tell_other($answer);
}
