# The program that tests in another sandbox test: it does what they ask for on the line, as `line.py`
# and `tested.py` do for Python.

package Polycode::Tested;

use strict;
use warnings;
no warnings qw(experimental::builtin recursion);
use Scalar::Util qw(blessed looks_like_number refaddr reftype);
use overload ();

my $JSON = JSON::PP->new->utf8->allow_nonref->max_depth(1_000)->boolean_values(!!0, !!1);
my $DEEP = 100;
my $SAFE = 2**53;
# What stands for the program itself, of which tests import what they name.
my $PROGRAM = bless {}, 'Polycode::Program';

# What the other side knows by a number, and the number of each; and what it has given.
my (@known, %numbers, %theirs, %functions);
my ($heard, $told);
my $printed = '';

# What a package has when a program begins.
my %before = map { $_ => 1 } keys %main::;

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
    return remote($held->{ref}) if exists $held->{ref};
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

# A function of the tests; nothing else of theirs can be used.
sub remote {
    my ($number) = @_;
    return $functions{$number} //= do {
        my $call = sub { return ask({ do => 'call', of => { yours => $number }, args => [map { encode($_) } @_] }) };
        $theirs{ refaddr $call } = $number;
        $call;
    };
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

sub exception {
    my ($raised) = @_;
    return $known[$raised->{yours} - 1] if exists $raised->{yours};
    return bless { number => $raised->{of}, message => $raised->{text} }, 'Polycode::Theirs';
}

# What tests ask for.

# What has a name: a function, a package, a variable; of an object a method or a field.
sub attribute {
    my ($of, $name) = @_;
    no strict 'refs';
    if (refaddr $of == refaddr $PROGRAM) {
        return \&{"main::$name"} if defined &{"main::$name"} && !$before{$name};
        my ($class) = grep { is_class($_) } ($name, $name =~ s/_/::/gr);
        return class_of($class) if $class;
        return ${"main::$name"} if defined ${"main::$name"};
        return \@{"main::$name"} if @{"main::$name"};
        return \%{"main::$name"} if %{"main::$name"} && $name !~ /::\z/;
        refuse('AttributeError', "the program has no '$name'");
    }
    my $is_class = ref $of eq 'Polycode::Class';
    my $self = $is_class ? $$of : $of;
    if (blessed $of && (my $method = $self->can($name))) {
        my $bound = sub { return $method->($self, @_) };
        return $bound;
    }
    return $of->{$name} if !$is_class && reftype $of eq 'HASH' && exists $of->{$name};
    return ${"${self}::$name"} if $is_class && defined ${"${self}::$name"};
    my $what = $is_class ? "the package $self" : 'an object of ' . ref $of;
    refuse('AttributeError', "$what has no '$name'");
}

# Raises what tests know as an exception of that class.
sub refuse {
    my ($class, $words) = @_;
    die bless { class => $class, words => $words }, 'Polycode::Refusal';
}

sub is_class {
    my ($name) = @_;
    no strict 'refs';
    return $name =~ /\A\w+(?:::\w+)*\z/ && scalar grep { defined &{"${name}::$_"} } keys %{"${name}::"};
}

sub call {
    my ($request) = @_;
    my $of = decode($request->{of});
    my @args = map { decode($_) } @{ $request->{args} };
    if (my $named = $request->{named}) {
        push @args, map { ($_, decode($named->{$_})) } sort keys %$named;
    }
    my @before = map { is_open($_) ? $JSON->canonical->encode(encode($_)) : undef } @args;
    # In a list, as a function is called by `function` validators.
    my @values = ref $of eq 'Polycode::Class' ? $$of->new(@args) : $of->(@args);
    my @changed;
    for my $at (0 .. $#args) {
        next if !defined $before[$at];
        my $now = encode($args[$at]);
        push @changed, [$at, $now] if $JSON->canonical->encode($now) ne $before[$at];
    }
    my $value = @values == 1 ? encode($values[0]) : @values ? { tuple => [map { encode($_) } @values] } : undef;
    return { value => $value, @changed ? (changed => \@changed) : () };
}

# What a function may change for its caller where it is an argument.
sub is_open { return ref $_[0] eq 'ARRAY' || ref $_[0] eq 'HASH' }

my %OPERATIONS = (
    add => sub { $_[0] + $_[1] }, sub => sub { $_[0] - $_[1] }, mul => sub { $_[0] * $_[1] },
    truediv => sub { $_[0] / $_[1] }, floordiv => sub { POSIX::floor($_[0] / $_[1]) }, mod => sub { $_[0] % $_[1] },
    pow => sub { $_[0]**$_[1] }, neg => sub { -$_[0] }, pos => sub { $_[0] }, abs => sub { abs $_[0] },
    lt => sub { $_[0] < $_[1] }, le => sub { $_[0] <= $_[1] }, gt => sub { $_[0] > $_[1] }, ge => sub { $_[0] >= $_[1] },
    eq => \&is_equal, bool => sub { !!$_[0] }, int => sub { int "$_[0]" }, float => sub { 0 + "$_[0]" },
    str => sub { "$_[0]" }, repr => sub { "$_[0]" }, len => sub { scalar @{ $_[0] } },
    getitem => sub { looks_like_number($_[1]) && reftype $_[0] ne 'HASH' ? $_[0][$_[1]] : $_[0]{ $_[1] } },
    setitem => sub { looks_like_number($_[1]) && reftype $_[0] ne 'HASH' ? ($_[0][$_[1]] = $_[2]) : ($_[0]{ $_[1] } = $_[2]); undef },
    contains => sub { my ($in, $what) = @_; reftype $in eq 'HASH' ? exists $in->{$what} : !!grep { $_ eq $what } @$in },
    has => sub { my ($of, $name) = @_; !!eval { attribute($of, $name); 1 } },
    keys => sub { reftype $_[0] eq 'HASH' ? [sort keys %{ $_[0] }] : [] },
    isinstance => sub { my ($value, $kind) = @_; !!(blessed $value && ref $kind eq 'Polycode::Class' && $value->isa($$kind)) },
    iter => sub { my ($value) = @_; bless { next => iterator($value) }, 'Polycode::Walk' },
    step => sub { my @items = $_[0]{next}->(); @items && defined $items[0] ? [@items] : [] },
    primitive => sub { "$_[0]" },
);

# What gives one item after the other: iterators of Perl are functions.
sub iterator {
    my ($value) = @_;
    return $value if reftype $value eq 'CODE';
    my ($at, $next) = (0, blessed $value && overload::Method($value, '<>'));
    return sub { return <$value> } if $next;
    my @items = @$value;
    return sub { return $at < @items ? $items[$at++] : () };
}

sub is_equal {
    my ($one, $other) = @_;
    return !!($one == $other) if overload::Method($one, '==');
    return !!($one eq $other) if overload::Method($one, 'eq');
    return ref $other && refaddr $one == refaddr $other;
}

sub apply {
    my ($request) = @_;
    my $name = $request->{name};
    my @args = map { decode($_) } @{ $request->{args} };
    my $operation = $OPERATIONS{$name};
    if (!$operation && $name =~ /\A([ri])(\w+)\z/ && ($operation = $OPERATIONS{$2})) {
        @args = reverse @args if $1 eq 'r';
    }
    refuse('TypeError', "there is no $name of an object of Perl") if !$operation;
    my ($done, $value);
    $done = eval { $value = $operation->(@args); 1 };
    refuse('TypeError', $1) if !$done && !ref $@ && $@ =~ /\A(.*) at \S*polycode_tested/;
    die $@ if !$done;
    return encode($value);
}

# The files of a program have one `main`.
sub load_file {
    my ($asked) = @_;
    my ($folder) = $ARGV[0] =~ m{\A(.*/)[^/]*\z};
    my $name = $asked =~ s/\.p[lm]\z//r;
    my ($path) = grep { -f "/box/$_" } map { ("$_$name.pl", "$_$name.pm") } '', $folder // ();
    return { value => reference($PROGRAM) } if !defined $path && -d "/box/$name";
    die "the program has no file $name.pl\n" if !defined $path;
    if (!$INC{$path}) {
        $INC{$path} = "/box/$path";
        Polycode::load($path, '');
        die $@ if Polycode::has_died();
    }
    return { value => reference($PROGRAM) };
}

sub names {
    no strict 'refs';
    return [sort grep { !$before{$_} && (defined &{"main::$_"} || defined ${"main::$_"}) } grep { !/::/ } keys %main::];
}

sub perform {
    my ($request) = @_;
    my $do = $request->{do};
    return $do eq 'load' ? load_file($request->{name})
        : $do eq 'get'   ? { value => encode(attribute(decode($request->{of}), $request->{name})) }
        : $do eq 'set'   ? set($request)
        : $do eq 'apply' ? { value => apply($request) }
        : $do eq 'names' ? { value => names() }
        : $do eq 'printed' ? heard_so_far()
        :                    call($request);
}

sub set {
    my ($request) = @_;
    my ($of, $value) = (decode($request->{of}), decode($request->{value}));
    no strict 'refs';
    if (refaddr $of == refaddr $PROGRAM) { ${"main::$request->{name}"} = $value }
    else                 { $of->{ $request->{name} } = $value }
    return { value => undef };
}

sub heard_so_far {
    my $text = $printed;
    $printed = '';
    return { value => text($text) };
}

# The line.

sub tell_other {
    my ($message) = @_;
    local ($\, $,);
    print {$told} $JSON->encode($message), "\n";
}

sub receive {
    local $/ = "\n";
    my $line = <$heard>;
    return defined $line ? $JSON->decode($line) : undef;
}

# The value that the tests give; raises what they raised.
sub ask {
    my ($message) = @_;
    tell_other($message);
    while (my $answer = receive()) {
        die exception($answer->{raised}) if exists $answer->{raised};
        return decode($answer->{value}) if !exists $answer->{do};
        serve($answer);
    }
    die "the tests have ended\n";
}

sub serve {
    my ($request) = @_;
    my $answer = eval { perform($request) };
    $answer = { raised => described($@) } if !$answer;
    tell_other($answer);
}

# Standard output, of which tests may ask what was written.
package Polycode::Heard {
    sub TIEHANDLE {
        my ($class, $below) = @_;
        return bless { below => $below }, $class;
    }

    sub PRINT {
        my ($self, @texts) = @_;
        my $text = join($, // '', @texts) . ($\ // '');
        utf8::encode($text) if $text =~ /[^\x00-\xff]/;
        $printed .= $text;
        local ($\, $,);
        return print { $self->{below} } $text;
    }

    sub PRINTF {
        my ($self, $format, @values) = @_;
        local ($\, $,);
        return $self->PRINT(sprintf $format, @values);
    }

    sub WRITE {
        my ($self, $bytes, $length, $at) = @_;
        return $self->PRINT(substr $bytes, $at // 0, $length // length $bytes);
    }

    sub BINMODE { return 1 }
    sub FILENO  { return 1 }
    sub CLOSE   { return 1 }
}

open my $below, '>&=', \*STDOUT or die "standard output: $!\n";
$below->autoflush(1);
tie *STDOUT, 'Polycode::Heard', $below;
open $heard, '<:raw', '/dev/line' or die "the line: $!\n";
open $told, '>>:raw', '/dev/line' or die "the line: $!\n";
$told->autoflush(1);
while (my $request = receive()) {
    serve($request);
}
